package io.berth.local.devnet.modules;

import io.grpc.Status;

/** The errors of the Cosmos SDK itself (codespace {@code sdk}) and the unregistered one. */
public final class SdkErrors {

  private static final String SDK = "sdk";

  public static final ErrorCode TX_DECODE = new ErrorCode(SDK, 2, "tx parse error");
  public static final ErrorCode INVALID_SEQUENCE = new ErrorCode(SDK, 3, "invalid sequence");
  public static final ErrorCode UNAUTHORIZED = new ErrorCode(SDK, 4, "unauthorized");
  public static final ErrorCode INSUFFICIENT_FUNDS = new ErrorCode(SDK, 5, "insufficient funds");
  public static final ErrorCode UNKNOWN_REQUEST = new ErrorCode(SDK, 6, "unknown request");
  public static final ErrorCode INVALID_ADDRESS = new ErrorCode(SDK, 7, "invalid address");
  public static final ErrorCode INVALID_PUBKEY = new ErrorCode(SDK, 8, "invalid pubkey");
  public static final ErrorCode UNKNOWN_ADDRESS = new ErrorCode(SDK, 9, "unknown address");
  public static final ErrorCode INVALID_COINS = new ErrorCode(SDK, 10, "invalid coins");
  public static final ErrorCode OUT_OF_GAS = new ErrorCode(SDK, 11, "out of gas");
  public static final ErrorCode MEMO_TOO_LARGE = new ErrorCode(SDK, 12, "memo too large");
  public static final ErrorCode INSUFFICIENT_FEE = new ErrorCode(SDK, 13, "insufficient fee");
  public static final ErrorCode NO_SIGNATURES = new ErrorCode(SDK, 15, "no signatures supplied");
  public static final ErrorCode INVALID_REQUEST = new ErrorCode(SDK, 18, "invalid request");
  public static final ErrorCode IN_MEMPOOL_CACHE = new ErrorCode(SDK, 19, "tx already in mempool");
  public static final ErrorCode MEMPOOL_FULL = new ErrorCode(SDK, 20, "mempool is full");
  public static final ErrorCode TX_TOO_LARGE = new ErrorCode(SDK, 21, "tx too large");
  public static final ErrorCode TX_TIMEOUT_HEIGHT = new ErrorCode(SDK, 30, "tx timeout height");
  public static final ErrorCode UNKNOWN_EXTENSION =
      new ErrorCode(SDK, 31, "unknown extension options");
  public static final ErrorCode WRONG_SEQUENCE =
      new ErrorCode(SDK, 32, "incorrect account sequence");
  public static final ErrorCode CONFLICT = new ErrorCode(SDK, 36, "conflict");
  public static final ErrorCode NOT_SUPPORTED = new ErrorCode(SDK, 37, "feature not supported");
  public static final ErrorCode NOT_FOUND =
      new ErrorCode(SDK, 38, Status.Code.NOT_FOUND, "not found");
  public static final ErrorCode INVALID_GAS_LIMIT = new ErrorCode(SDK, 41, "invalid gas limit");
  public static final ErrorCode TX_TIMEOUT = new ErrorCode(SDK, 42, "tx timeout");

  /** A handler broke down instead of refusing. */
  public static final ErrorCode PANIC = new ErrorCode("undefined", 111222, "panic");

  /** A plain Go error in an upstream handler: it has no code of its own. */
  public static RefusedException plain(String text) {
    return new ErrorCode("undefined", 1, text).refuse();
  }

  private SdkErrors() {}
}
