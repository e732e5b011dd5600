package io.berth.runtime;

import java.util.List;

/**
 * What the signer's functions take and answer, as JSON. No key is in any of it; a token is in one.
 */
public final class SignerProtocol {
  private SignerProtocol() {}

  /**
   * Asks for an intent's signature.
   *
   * @param wallet the intent's ({@code WalletRef.text()})
   */
  public record SignRequest(String intentId, String wallet) {}

  /**
   * How it went.
   *
   * @param rule the policy rule that refused; empty if signed
   * @param retryAfterSeconds when a rule that holds for now is worth another try; 0 otherwise
   * @param signed the signed transaction ({@code TxRaw}) in hexadecimal if this call signed it;
   *     else empty
   * @param hash its hash; empty if {@code signed} is
   */
  public record SignAnswer(
      String rule, String reason, long retryAfterSeconds, String signed, String hash) {}

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

  /**
   * Asks for a token for the owner's own use.
   *
   * @param leases the claim as JSON
   */
  public record OwnerTokenRequest(String userId, long lifeSeconds, String leases) {}

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
