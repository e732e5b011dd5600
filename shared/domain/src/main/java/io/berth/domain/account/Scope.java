package io.berth.domain.account;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * One thing that an API key may be allowed to do. A closed set: routes need these and no others.
 */
public enum Scope {
  /** See user, wallet, balances, costs and settings. */
  ACCOUNT_READ("account:read"),
  /** See what was changed, by whom. */
  AUDIT_READ("audit:read"),
  /** List certificates. */
  CERTIFICATES_READ("certificates:read"),
  /** Make and revoke certificates. */
  CERTIFICATES_WRITE("certificates:write"),
  /** See deployments, bids and what goes on with them. */
  DEPLOYMENTS_READ("deployments:read"),
  /** Create, update, fund and close deployments, which spends the balance. */
  DEPLOYMENTS_WRITE("deployments:write"),
  /** Add money to the account, and set how it is added. */
  FUNDS_WRITE("funds:write"),
  /** See, make, change, roll and delete API keys. */
  KEYS_ADMIN("keys:admin"),
  /** Accept bids and send manifests. */
  LEASES_WRITE("leases:write"),
  /** See what workloads write, and events of their pods. */
  LOGS_READ("logs:read");

  private final String text;

  Scope(String text) {
    this.text = text;
  }

  /** As requests and answers write it, such as {@code deployments:read}. */
  public String text() {
    return text;
  }

  /** The scope that this text is. */
  public static Optional<Scope> of(String text) {
    return Stream.of(values()).filter(scope -> scope.text.equals(text)).findFirst();
  }
}
