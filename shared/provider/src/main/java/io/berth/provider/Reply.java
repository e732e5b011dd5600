package io.berth.provider;

/** How one exchange with a gateway ended. */
sealed interface Reply {

  /**
   * The gateway answered.
   *
   * @param body at most {@link GatewayClient#MAX_BODY} bytes as UTF-8 text; hostile input
   */
  record Answered(int status, String body) implements Reply {}

  /** It did not. */
  sealed interface NoAnswer extends Reply {

    /** Why, in words for the user. */
    String reason();
  }

  /** The server is not the provider; nothing was sent. */
  record Untrusted(String reason) implements NoAnswer {}

  /** No whole answer; what was sent may have arrived. */
  record Unreachable(String reason) implements NoAnswer {}
}
