package io.berth.logging;

import java.util.List;

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

  /** What stays the same from a function to those that it invokes. */
  static final List<LogField> CARRIED = List.of(REQUEST, OPERATION, USER, KEY, DSEQ);

  private final String label;

  LogField(String label) {
    this.label = label;
  }

  /** Its name in a log line. */
  public String label() {
    return label;
  }
}
