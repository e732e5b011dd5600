package io.berth.logging;

/** What log lines are found by. None of these is ever a secret. */
public enum LogField {
  /** API Gateway's id of the request, which the caller is told too. */
  REQUEST("requestId"),
  /** Lambda's id of the invocation. */
  INVOCATION("invocationId"),
  /** Method and route of a request, such as {@code POST /v1/leases}. */
  ROUTE("route"),
  /** The class of a function that other services invoke. */
  FUNCTION("function"),
  /** The lifecycle operation's id, which is that of the request that began it. */
  OPERATION("operation"),
  USER("userId"),
  /** The API key's id; never the key. */
  KEY("keyId"),
  DSEQ("dseq"),
  /** The transaction intent's id, which names its purpose. */
  INTENT("intent"),
  /** The transaction's hash, upper-case hexadecimal. */
  TRANSACTION("transaction");

  private final String label;

  LogField(String label) {
    this.label = label;
  }

  /** Its name in a log line. */
  public String label() {
    return label;
  }
}
