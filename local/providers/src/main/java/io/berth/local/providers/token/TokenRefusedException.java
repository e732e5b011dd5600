package io.berth.local.providers.token;

/** Why a provider does not accept who calls (provider-gateway.md §2.5). */
public final class TokenRefusedException extends Exception {
  private final int status;

  private TokenRefusedException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The HTTP status of the answer; the body is {@code {"message": …}} with this message. */
  public int status() {
    return status;
  }

  /** Claims that are missing, wrong, expired or not yet valid: providers do not tell them apart. */
  static TokenRefusedException claims() {
    return new TokenRefusedException(400, "JWT has invalid claims");
  }

  /** Not a token, or not signed by the account that it names. */
  static TokenRefusedException invalid() {
    return new TokenRefusedException(401, "JWT is invalid");
  }

  /** No credentials, or credentials that do not allow this. */
  public static TokenRefusedException unauthorized() {
    return new TokenRefusedException(401, "unauthorized access");
  }

  /** An Authorization header that is not {@code Bearer TOKEN}. */
  public static TokenRefusedException badHeader() {
    return new TokenRefusedException(400, "invalid authorization header");
  }

  /** A certificate and a token at once. */
  public static TokenRefusedException ambiguous() {
    return new TokenRefusedException(
        400, "auth: ambiguous authentication, use either a client certificate or a JWT");
  }
}
