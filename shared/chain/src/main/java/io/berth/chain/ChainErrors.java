package io.berth.chain;

import io.berth.domain.ledger.ChainError;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refusals that come as text only. A failed simulation is the gRPC status Unknown with {@code
 * [failed to execute message; message index: N: ]DETAIL: TEXT[ [file.go:line]] with gas used: 'N'}:
 * the codespace and code are lost, and only the TEXT that the module registered tells which it was.
 * Texts that several modules share ({@code internal error}, {@code parameter invalid}) cannot be
 * told apart and stay unknown.
 */
final class ChainErrors {
  private static final Pattern SIMULATED =
      Pattern.compile(
          "(?s)(.*?) with gas (?:wanted: '\\d+' and gas )?used: '\\d+'\\s*(?:: unknown request)?");

  /** Where Go raised the error; {@code %v} of a wrapped error adds it. */
  private static final Pattern LOCATION = Pattern.compile(" \\[[^\\[\\]]*\\.go:\\d+]");

  /** What the modules registered (chain-protocol: cosmos-sdk 0.53, chain-sdk 55f1c683). */
  private static final List<ChainError> REGISTERED =
      List.of(
          known("sdk", 2, "tx parse error"),
          known("sdk", 3, "invalid sequence"),
          known("sdk", 4, "unauthorized"),
          known("sdk", 5, "insufficient funds"),
          known("sdk", 6, "unknown request"),
          known("sdk", 7, "invalid address"),
          known("sdk", 8, "invalid pubkey"),
          known("sdk", 9, "unknown address"),
          known("sdk", 10, "invalid coins"),
          known("sdk", 11, "out of gas"),
          known("sdk", 12, "memo too large"),
          known("sdk", 13, "insufficient fee"),
          known("sdk", 15, "no signatures supplied"),
          known("sdk", 18, "invalid request"),
          known("sdk", 19, "tx already in mempool"),
          known("sdk", 20, "mempool is full"),
          known("sdk", 21, "tx too large"),
          known("sdk", 30, "tx timeout height"),
          known("sdk", 31, "unknown extension options"),
          known("sdk", 32, "incorrect account sequence"),
          known("sdk", 36, "conflict"),
          known("sdk", 37, "feature not supported"),
          known("sdk", 38, "not found"),
          known("sdk", 41, "invalid gas limit"),
          known("sdk", 42, "tx timeout"),
          known("deployment", 3, "Deployment exists"),
          known("deployment", 4, "Deployment not found"),
          known("deployment", 5, "Deployment closed"),
          known("deployment", 7, "Invalid groups"),
          known("deployment", 8, "Invalid: deployment id"),
          known("deployment", 9, "Invalid: empty hash"),
          known("deployment", 10, "Invalid: deployment hash"),
          known("deployment", 14, "Group not found"),
          known("deployment", 15, "Group already closed"),
          known("deployment", 16, "Group open"),
          known("deployment", 17, "Group paused"),
          known("deployment", 18, "Group not open"),
          known("deployment", 19, "GroupSpec invalid"),
          known("deployment", 20, "Deposit invalid"),
          known("deployment", 24, "invalid price"),
          known("deployment", 25, "duplicate group name"),
          known("deployment", 26, "invalid reclamation configuration"),
          known("market", 4, "bid price above max order price"),
          known("market", 5, "attribute mismatch"),
          known("market", 6, "unknown bid"),
          known("market", 7, "unknown lease"),
          known("market", 10, "lease not active"),
          known("market", 11, "bid not active"),
          known("market", 12, "bid not open"),
          known("market", 13, "bid: order not open"),
          known("market", 15, "invalid order: order not found"),
          known("market", 16, "group not found"),
          known("market", 17, "group not open"),
          known("market", 18, "invalid bid: bid not found"),
          known("market", 20, "invalid lease: lease not found"),
          known("market", 21, "invalid bid: bid exists from provider"),
          known("market", 23, "order active"),
          known("market", 24, "order closed"),
          known("market", 28, "deposit invalid"),
          known("market", 30, "unknown provider"),
          known("market", 32, "capabilities mismatch"),
          known("market", 35, "lease does not have reclamation configured"),
          known("market", 36, "reclamation already in progress"),
          known("market", 37, "reclamation not started; call MsgLeaseStartReclaim first"),
          known("market", 38, "reclamation window has not elapsed"),
          known("market", 39, "reclamation window outside governance bounds"),
          known("market", 40, "order requires reclamation but bid does not offer it"),
          known("market", 41, "reclamation window shorter than order minimum"),
          known("escrow", 1, "account exists"),
          known("escrow", 2, "account closed"),
          known("escrow", 3, "account not found"),
          known("escrow", 4, "account overdrawn"),
          known("escrow", 5, "invalid denomination"),
          known("escrow", 6, "payment exists"),
          known("escrow", 7, "payment closed"),
          known("escrow", 8, "payment not found"),
          known("escrow", 9, "payment rate zero"),
          known("escrow", 15, "unauthorized deposit scope"),
          known("escrow", 16, "invalid deposit"),
          known("escrow", 17, "invalid authz scope"),
          known("cert", 1, "certificate not found"),
          known("cert", 3, "certificate exists"),
          known("cert", 4, "certificate already revoked"),
          known("cert", 5, "invalid serial number"),
          known("cert", 6, "invalid certificate value"),
          known("cert", 7, "invalid pubkey value"),
          known("authz", 2, "authorization not found"),
          known("authz", 6, "authorization expired"),
          known("authz", 7, "grantee and granter should be different"),
          known("feegrant", 2, "fee limit exceeded"),
          known("feegrant", 3, "fee allowance expired"),
          known("feegrant", 5, "no allowance"),
          known("feegrant", 7, "message not allowed"),
          known("bank", 5, "send transactions are disabled"));

  private ChainErrors() {}

  /**
   * The refusal that a status text of Simulate tells of; empty if the text is not one of
   * Simulate's, so that nothing is known about the transaction.
   */
  static Optional<ChainError> ofSimulation(String description) {
    Matcher matcher = SIMULATED.matcher(description);
    return matcher.matches() ? Optional.of(ofLog(matcher.group(1))) : Optional.empty();
  }

  /** The refusal with this log; codespace {@code undefined}, code 1 if the text is nobody's. */
  static ChainError ofLog(String log) {
    String text = LOCATION.matcher(log).replaceAll("");
    return longest(error -> text.equals(error.log()) || text.endsWith(": " + error.log()))
        // Some handlers add the detail behind the registered text.
        .or(() -> longest(error -> (": " + text).contains(": " + error.log() + ": ")))
        .map(error -> new ChainError(error.codespace(), error.code(), log))
        .orElse(new ChainError("undefined", 1, log));
  }

  private static Optional<ChainError> longest(Predicate<ChainError> matches) {
    return REGISTERED.stream()
        .filter(matches)
        .max(Comparator.comparingInt(error -> error.log().length()));
  }

  private static ChainError known(String codespace, int code, String text) {
    return new ChainError(codespace, code, text);
  }
}
