package io.berth.chain;

import io.berth.domain.ledger.ChainError;
import io.berth.domain.ledger.ChainFault;
import java.util.Arrays;
import java.util.Comparator;
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
    return longest(fault -> text.equals(fault.text()) || text.endsWith(": " + fault.text()))
        // Some handlers add the detail behind the registered text.
        .or(() -> longest(fault -> (": " + text).contains(": " + fault.text() + ": ")))
        .<ChainError>map(fault -> new ChainError.Known(fault, log))
        .orElseGet(() -> new ChainError.Unknown("undefined", 1, log));
  }

  private static Optional<ChainFault> longest(Predicate<ChainFault> matches) {
    return Arrays.stream(ChainFault.values())
        .filter(matches)
        .max(Comparator.comparingInt(fault -> fault.text().length()));
  }
}
