package io.berth.local.devnet.modules.deployment;

import io.berth.local.devnet.modules.ErrorCode;
import io.grpc.Status;

/** The errors of codespace {@code deployment}. */
final class DeploymentErrors {

  static final ErrorCode EXISTS = error(3, "Deployment exists");
  static final ErrorCode NOT_FOUND = missing(4, "Deployment not found");
  static final ErrorCode CLOSED = error(5, "Deployment closed");
  static final ErrorCode INVALID_GROUPS = error(7, "Invalid groups");
  static final ErrorCode EMPTY_HASH = error(9, "Invalid: empty hash");
  static final ErrorCode INVALID_HASH = error(10, "Invalid: deployment hash");
  static final ErrorCode GROUP_NOT_FOUND = missing(14, "Group not found");
  static final ErrorCode GROUP_CLOSED = error(15, "Group already closed");
  static final ErrorCode GROUP_OPEN = error(16, "Group open");
  static final ErrorCode GROUP_PAUSED = error(17, "Group paused");
  static final ErrorCode INVALID_DEPOSIT = error(20, "Deposit invalid");
  static final ErrorCode INVALID_PRICE = error(24, "invalid price");
  static final ErrorCode DUPLICATE_GROUP_NAME = error(25, "duplicate group name");
  static final ErrorCode INVALID_RECLAMATION = error(26, "invalid reclamation configuration");

  private static ErrorCode error(int code, String text) {
    return new ErrorCode("deployment", code, text);
  }

  private static ErrorCode missing(int code, String text) {
    return new ErrorCode("deployment", code, Status.Code.NOT_FOUND, text);
  }

  private DeploymentErrors() {}
}
