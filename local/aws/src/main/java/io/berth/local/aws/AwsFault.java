package io.berth.local.aws;

/** A refusal as an AWS service puts it: an HTTP status, an error code and a message. */
final class AwsFault extends RuntimeException {
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
  static AwsFault of(String code, String message) {
    return new AwsFault(400, code, message);
  }

  static AwsFault validation(String message) {
    return of("ValidationException", message);
  }

  static AwsFault serialization(String message) {
    return of("SerializationException", message);
  }

  static AwsFault unknownOperation(String operation) {
    return of("UnknownOperationException", "There is no operation " + operation + " here");
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
