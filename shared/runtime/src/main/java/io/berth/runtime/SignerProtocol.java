package io.berth.runtime;

import java.util.List;

/**
 * What the signer's functions take and answer, as JSON. No key is in any of it; a token is in one.
 */
public final class SignerProtocol {
  private SignerProtocol() {}

  /** Asks for an intent's signature. */
  public record SignRequest(String intentId) {}

  /**
   * How it went.
   *
   * @param rule the policy rule that refused; empty if signed
   * @param retryAfterSeconds when a rule that holds for now is worth another try; 0 otherwise
   */
  public record SignAnswer(String rule, String reason, long retryAfterSeconds) {}

  /** Asks for a user's wallet. */
  public record WalletRequest(String userId) {}

  /**
   * A wallet's public side.
   *
   * @param publicKey compressed secp256k1 key in hexadecimal
   */
  public record WalletAnswer(String address, String publicKey) {}

  /** Asks for a provider token. */
  public record TokenRequest(String userId, String provider, List<String> scopes) {}

  /** A provider token (JWT). */
  public record TokenAnswer(String token) {
    @Override
    public String toString() {
      return "TokenAnswer[hidden]";
    }
  }

  /** A request that needs nothing. */
  public record Nothing() {}
}
