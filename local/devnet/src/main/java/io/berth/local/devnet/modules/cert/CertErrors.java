package io.berth.local.devnet.modules.cert;

import io.berth.local.devnet.modules.ErrorCode;
import io.grpc.Status;

/** The errors of codespace {@code cert}. */
final class CertErrors {

  static final ErrorCode NOT_FOUND =
      new ErrorCode("cert", 1, Status.Code.NOT_FOUND, "certificate not found");
  static final ErrorCode EXISTS = new ErrorCode("cert", 3, "certificate exists");
  static final ErrorCode ALREADY_REVOKED = new ErrorCode("cert", 4, "certificate already revoked");
  static final ErrorCode INVALID_SERIAL = new ErrorCode("cert", 5, "invalid serial number");
  static final ErrorCode INVALID_CERTIFICATE =
      new ErrorCode("cert", 6, "invalid certificate value");
  static final ErrorCode INVALID_PUBKEY = new ErrorCode("cert", 7, "invalid pubkey value");

  private CertErrors() {}
}
