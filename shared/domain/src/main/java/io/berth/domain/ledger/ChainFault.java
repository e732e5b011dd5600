package io.berth.domain.ledger;

import java.util.Arrays;
import java.util.Optional;

/**
 * The refusals that the chain's modules have registered (chain-protocol.md §3.4: cosmos-sdk 0.53,
 * chain-sdk 55f1c683): stable (codespace, code) pairs, and the text that each is told by where only
 * text is left of it.
 */
public enum ChainFault {
  TX_MALFORMED("sdk", 2, "tx parse error"),
  SEQUENCE_INVALID("sdk", 3, "invalid sequence"),
  UNAUTHORIZED("sdk", 4, "unauthorized"),
  INSUFFICIENT_FUNDS("sdk", 5, "insufficient funds"),
  UNKNOWN_REQUEST("sdk", 6, "unknown request"),
  INVALID_ADDRESS("sdk", 7, "invalid address"),
  INVALID_PUBKEY("sdk", 8, "invalid pubkey"),
  UNKNOWN_ADDRESS("sdk", 9, "unknown address"),
  INVALID_COINS("sdk", 10, "invalid coins"),
  OUT_OF_GAS("sdk", 11, "out of gas"),
  MEMO_TOO_LARGE("sdk", 12, "memo too large"),
  INSUFFICIENT_FEE("sdk", 13, "insufficient fee"),
  NO_SIGNATURES_SUPPLIED("sdk", 15, "no signatures supplied"),
  INVALID_REQUEST("sdk", 18, "invalid request"),
  TX_IN_MEMPOOL("sdk", 19, "tx already in mempool"),
  MEMPOOL_FULL("sdk", 20, "mempool is full"),
  TX_TOO_LARGE("sdk", 21, "tx too large"),
  TX_TIMEOUT_HEIGHT("sdk", 30, "tx timeout height"),
  UNKNOWN_EXTENSION_OPTIONS("sdk", 31, "unknown extension options"),
  WRONG_SEQUENCE("sdk", 32, "incorrect account sequence"),
  CONFLICT("sdk", 36, "conflict"),
  FEATURE_NOT_SUPPORTED("sdk", 37, "feature not supported"),
  NOT_FOUND("sdk", 38, "not found"),
  INVALID_GAS_LIMIT("sdk", 41, "invalid gas limit"),
  TX_TIMEOUT("sdk", 42, "tx timeout"),
  DEPLOYMENT_EXISTS("deployment", 3, "Deployment exists"),
  DEPLOYMENT_NOT_FOUND("deployment", 4, "Deployment not found"),
  DEPLOYMENT_CLOSED("deployment", 5, "Deployment closed"),
  GROUPS_INVALID("deployment", 7, "Invalid groups"),
  DEPLOYMENT_ID_INVALID("deployment", 8, "Invalid: deployment id"),
  DEPLOYMENT_HASH_EMPTY("deployment", 9, "Invalid: empty hash"),
  DEPLOYMENT_HASH_INVALID("deployment", 10, "Invalid: deployment hash"),
  GROUP_NOT_FOUND("deployment", 14, "Group not found"),
  GROUP_ALREADY_CLOSED("deployment", 15, "Group already closed"),
  GROUP_OPEN("deployment", 16, "Group open"),
  GROUP_PAUSED("deployment", 17, "Group paused"),
  GROUP_NOT_OPEN("deployment", 18, "Group not open"),
  GROUP_SPEC_INVALID("deployment", 19, "GroupSpec invalid"),
  DEPOSIT_INVALID("deployment", 20, "Deposit invalid"),
  PRICE_INVALID("deployment", 24, "invalid price"),
  GROUP_NAME_DUPLICATE("deployment", 25, "duplicate group name"),
  RECLAMATION_INVALID("deployment", 26, "invalid reclamation configuration"),
  BID_OVER_ORDER_PRICE("market", 4, "bid price above max order price"),
  BID_ATTRIBUTE_MISMATCH("market", 5, "attribute mismatch"),
  UNKNOWN_BID("market", 6, "unknown bid"),
  UNKNOWN_LEASE("market", 7, "unknown lease"),
  LEASE_NOT_ACTIVE("market", 10, "lease not active"),
  BID_NOT_ACTIVE("market", 11, "bid not active"),
  BID_NOT_OPEN("market", 12, "bid not open"),
  ORDER_NOT_OPEN("market", 13, "bid: order not open"),
  ORDER_NOT_FOUND("market", 15, "invalid order: order not found"),
  MARKET_GROUP_NOT_FOUND("market", 16, "group not found"),
  MARKET_GROUP_NOT_OPEN("market", 17, "group not open"),
  BID_NOT_FOUND("market", 18, "invalid bid: bid not found"),
  LEASE_NOT_FOUND("market", 20, "invalid lease: lease not found"),
  BID_EXISTS("market", 21, "invalid bid: bid exists from provider"),
  ORDER_ACTIVE("market", 23, "order active"),
  ORDER_CLOSED("market", 24, "order closed"),
  MARKET_DEPOSIT_INVALID("market", 28, "deposit invalid"),
  UNKNOWN_PROVIDER("market", 30, "unknown provider"),
  BID_CAPABILITIES_MISMATCH("market", 32, "capabilities mismatch"),
  RECLAMATION_NOT_CONFIGURED("market", 35, "lease does not have reclamation configured"),
  RECLAMATION_IN_PROGRESS("market", 36, "reclamation already in progress"),
  RECLAMATION_NOT_STARTED("market", 37, "reclamation not started; call MsgLeaseStartReclaim first"),
  RECLAMATION_WINDOW_OPEN("market", 38, "reclamation window has not elapsed"),
  RECLAMATION_WINDOW_OUT_OF_BOUNDS("market", 39, "reclamation window outside governance bounds"),
  RECLAMATION_NOT_OFFERED("market", 40, "order requires reclamation but bid does not offer it"),
  RECLAMATION_WINDOW_SHORT("market", 41, "reclamation window shorter than order minimum"),
  ESCROW_EXISTS("escrow", 1, "account exists"),
  ESCROW_CLOSED("escrow", 2, "account closed"),
  ESCROW_NOT_FOUND("escrow", 3, "account not found"),
  ESCROW_OVERDRAWN("escrow", 4, "account overdrawn"),
  ESCROW_DENOM_INVALID("escrow", 5, "invalid denomination"),
  PAYMENT_EXISTS("escrow", 6, "payment exists"),
  PAYMENT_CLOSED("escrow", 7, "payment closed"),
  PAYMENT_NOT_FOUND("escrow", 8, "payment not found"),
  PAYMENT_RATE_ZERO("escrow", 9, "payment rate zero"),
  ESCROW_SCOPE_UNAUTHORIZED("escrow", 15, "unauthorized deposit scope"),
  ESCROW_DEPOSIT_INVALID("escrow", 16, "invalid deposit"),
  ESCROW_AUTHZ_SCOPE_INVALID("escrow", 17, "invalid authz scope"),
  CERTIFICATE_NOT_FOUND("cert", 1, "certificate not found"),
  CERTIFICATE_EXISTS("cert", 3, "certificate exists"),
  CERTIFICATE_REVOKED("cert", 4, "certificate already revoked"),
  CERTIFICATE_SERIAL_INVALID("cert", 5, "invalid serial number"),
  CERTIFICATE_INVALID("cert", 6, "invalid certificate value"),
  CERTIFICATE_KEY_INVALID("cert", 7, "invalid pubkey value"),
  AUTHORIZATION_NOT_FOUND("authz", 2, "authorization not found"),
  AUTHORIZATION_EXPIRED("authz", 6, "authorization expired"),
  GRANTEE_IS_GRANTER("authz", 7, "grantee and granter should be different"),
  FEE_LIMIT_EXCEEDED("feegrant", 2, "fee limit exceeded"),
  FEE_ALLOWANCE_EXPIRED("feegrant", 3, "fee allowance expired"),
  NO_FEE_ALLOWANCE("feegrant", 5, "no allowance"),
  FEE_MESSAGE_NOT_ALLOWED("feegrant", 7, "message not allowed"),
  SENDING_DISABLED("bank", 5, "send transactions are disabled");

  private final String codespace;
  private final int code;
  private final String text;

  ChainFault(String codespace, int code, String text) {
    this.codespace = codespace;
    this.code = code;
    this.text = text;
  }

  /** The module that refuses. */
  public String codespace() {
    return codespace;
  }

  /** The module's number for it. */
  public int code() {
    return code;
  }

  /** The module's own words. */
  public String text() {
    return text;
  }

  static Optional<ChainFault> of(String codespace, int code) {
    return Arrays.stream(values())
        .filter(fault -> fault.codespace.equals(codespace) && fault.code == code)
        .findFirst();
  }
}
