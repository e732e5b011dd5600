package io.berth.store;

/**
 * How rows are found, which {@code template.yaml} declares as each table's key schema:
 *
 * <table>
 *   <caption>Keys</caption>
 *   <tr><th>table</th><th>partition key</th><th>sort key</th></tr>
 *   <tr><td>ApiKeys</td><td>{@code pk} (S)</td><td>{@code sk} (S)</td></tr>
 *   <tr><td>Users</td><td>{@code userId} (S)</td><td></td></tr>
 *   <tr><td>Wallets</td><td>{@code userId} (S)</td><td></td></tr>
 *   <tr><td>Deployments</td><td>{@code userId} (S)</td><td>{@code dseq} (N)</td></tr>
 *   <tr><td>Requests</td><td>{@code userId} (S)</td><td>{@code requestKey} (S)</td></tr>
 *   <tr><td>Reports</td><td>{@code deployment} (S)</td><td>{@code report} (S)</td></tr>
 *   <tr><td>Intents</td><td>{@code id} (S)</td><td></td></tr>
 *   <tr><td>Operations</td><td>{@code id} (S)</td><td></td></tr>
 *   <tr><td>its index {@code unfinished}</td><td>{@code unfinished} (S)</td><td>{@code startedAt}
 *     (S)</td></tr>
 *   <tr><td>Jobs</td><td>{@code job} (S)</td><td></td></tr>
 *   <tr><td>Budgets</td><td>{@code userId} (S)</td><td></td></tr>
 *   <tr><td>Controls</td><td>{@code name} (S)</td><td></td></tr>
 * </table>
 *
 * An API key is two rows: {@code pk = USER#userId, sk = KEY#id} for its owner, and {@code pk =
 * DIGEST#digest, sk = KEY} for the authorizer, which so needs one read.
 *
 * <p>Reports are what providers told of a deployment's leases: {@code deployment = USER/DSEQ}, and
 * {@code report = event/GSEQ/OSEQ/PROVIDER/DIGEST} with the digest of what the event says.
 */
public final class Tables {
  /** Partition key of ApiKeys. */
  public static final String PK = "pk";

  /** Sort key of ApiKeys. */
  public static final String SK = "sk";

  /** Partition key of Users, Wallets, Budgets, Deployments and Requests. */
  public static final String USER_ID = "userId";

  /** Sort key of Deployments. */
  public static final String DSEQ = "dseq";

  /** Sort key of Requests. */
  public static final String REQUEST_KEY = "requestKey";

  /** Seconds since 1970 after which DynamoDB deletes a row of Requests. */
  public static final String EXPIRES_AT = "expiresAt";

  /** Partition key of Reports. */
  public static final String DEPLOYMENT = "deployment";

  /** Sort key of Reports. */
  public static final String REPORT = "report";

  /** Partition key of Intents. */
  public static final String INTENT_ID = "id";

  /** Partition key of Operations. */
  public static final String OPERATION_ID = "id";

  /** Index of Operations and its partition key: only rows that are not over have it. */
  public static final String UNFINISHED = "unfinished";

  /** Sort key of that index. */
  public static final String STARTED_AT = "startedAt";

  /** Partition key of Jobs. */
  public static final String JOB = "job";

  /** Partition key of Controls. */
  public static final String CONTROL = "name";

  private Tables() {}
}
