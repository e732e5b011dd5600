package io.berth.local.devnet.modules.market;

import io.berth.local.devnet.modules.ErrorCode;
import io.grpc.Status;

/** The errors of codespace {@code market}. */
final class MarketErrors {

  static final ErrorCode SAME_ACCOUNT = error(2, "owner and provider are the same account");
  static final ErrorCode ATTRIBUTE_MISMATCH = error(5, "attribute mismatch");
  static final ErrorCode UNKNOWN_BID = missing(6, "unknown bid");
  static final ErrorCode UNKNOWN_LEASE = missing(7, "unknown lease");
  static final ErrorCode UNKNOWN_LEASE_FOR_BID = missing(8, "unknown lease for bid");
  static final ErrorCode UNKNOWN_ORDER_FOR_BID = missing(9, "unknown order for bid");
  static final ErrorCode LEASE_NOT_ACTIVE = error(10, "lease not active");
  static final ErrorCode BID_NOT_ACTIVE = error(11, "bid not active");
  static final ErrorCode BID_NOT_OPEN = error(12, "bid not open");
  static final ErrorCode ORDER_NOT_OPEN = error(13, "bid: order not open");
  static final ErrorCode ORDER_NOT_FOUND = missing(15, "invalid order: order not found");
  static final ErrorCode GROUP_NOT_FOUND = missing(16, "group not found");
  static final ErrorCode GROUP_NOT_OPEN = error(17, "group not open");
  static final ErrorCode BID_NOT_FOUND = missing(18, "invalid bid: bid not found");
  static final ErrorCode BID_ZERO_PRICE = error(19, "invalid bid: zero price");
  static final ErrorCode LEASE_NOT_FOUND = missing(20, "invalid lease: lease not found");
  static final ErrorCode BID_EXISTS = error(21, "invalid bid: bid exists from provider");
  static final ErrorCode INVALID_PRICE = error(22, "bid price is invalid");
  static final ErrorCode ORDER_ACTIVE = error(23, "order active");
  static final ErrorCode ORDER_CLOSED = error(24, "order closed");
  static final ErrorCode INVALID_DEPOSIT = error(28, "deposit invalid");
  static final ErrorCode UNKNOWN_PROVIDER = missing(30, "unknown provider");
  static final ErrorCode INVALID_BID = error(31, "invalid bid");
  static final ErrorCode CAPABILITIES_MISMATCH = error(32, "capabilities mismatch");
  static final ErrorCode INVALID_REASON = error(33, "invalid lease closed reason");
  static final ErrorCode NOT_RECLAMABLE = error(35, "lease does not have reclamation configured");
  static final ErrorCode ALREADY_RECLAIMING = error(36, "reclamation already in progress");
  static final ErrorCode RECLAMATION_NOT_STARTED =
      error(37, "reclamation not started; call MsgLeaseStartReclaim first");
  static final ErrorCode WINDOW_NOT_ELAPSED = error(38, "reclamation window has not elapsed");
  static final ErrorCode WINDOW_INVALID = error(39, "reclamation window outside governance bounds");
  static final ErrorCode RECLAMATION_REQUIRED =
      error(40, "order requires reclamation but bid does not offer it");
  static final ErrorCode WINDOW_TOO_SHORT =
      error(41, "reclamation window shorter than order minimum");

  private static ErrorCode error(int code, String text) {
    return new ErrorCode("market", code, text);
  }

  private static ErrorCode missing(int code, String text) {
    return new ErrorCode("market", code, Status.Code.NOT_FOUND, text);
  }

  private MarketErrors() {}
}
