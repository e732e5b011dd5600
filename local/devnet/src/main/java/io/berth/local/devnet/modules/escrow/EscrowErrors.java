package io.berth.local.devnet.modules.escrow;

import io.berth.local.devnet.modules.ErrorCode;
import io.grpc.Status;

/** The errors of codespace {@code escrow}. */
final class EscrowErrors {

  static final ErrorCode ACCOUNT_EXISTS = error(1, "account exists");
  static final ErrorCode ACCOUNT_CLOSED = error(2, "account closed");
  static final ErrorCode ACCOUNT_NOT_FOUND =
      new ErrorCode("escrow", 3, Status.Code.NOT_FOUND, "account not found");
  static final ErrorCode ACCOUNT_OVERDRAWN = error(4, "account overdrawn");
  static final ErrorCode INVALID_DENOM = error(5, "invalid denomination");
  static final ErrorCode PAYMENT_EXISTS = error(6, "payment exists");
  static final ErrorCode PAYMENT_CLOSED = error(7, "payment closed");
  static final ErrorCode PAYMENT_NOT_FOUND =
      new ErrorCode("escrow", 8, Status.Code.NOT_FOUND, "payment not found");
  static final ErrorCode PAYMENT_RATE_ZERO = error(9, "payment rate zero");
  static final ErrorCode INVALID_ID = error(12, "invalid ID");
  static final ErrorCode INVALID_DEPOSIT = error(16, "invalid deposit");

  private static ErrorCode error(int code, String text) {
    return new ErrorCode("escrow", code, text);
  }

  private EscrowErrors() {}
}
