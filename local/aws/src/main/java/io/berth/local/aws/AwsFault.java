package io.berth.local.aws;

/** A refusal as an AWS service puts it: an HTTP status, an error code and a message. */
public final class AwsFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  AwsFault(int status, String code, String message) {
    // Part of the protocol, not a failure of ours: no one reads its stack.
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** The client's fault: status 400. */
  public static AwsFault of(String code, String message) {
    return new AwsFault(400, code, message);
  }

  /** A member of the request breaks its rules. */
  public static AwsFault validation(String message) {
    return of("ValidationException", message);
  }

  static AwsFault serialization(String message) {
    return of("SerializationException", message);
  }

  /** The service, or this stand-in of it, has no such operation. */
  public static AwsFault unknownOperation(String operation) {
    return of("UnknownOperationException", "There is no operation " + operation + " here");
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The error code, by which the SDK picks the exception. */
  public String code() {
    return code;
  }
}
