package io.berth.domain.ledger;

/**
 * A refusal by the chain, by its stable (codespace, code) pair and with its own words.
 *
 * @param codespace the module that refused, such as {@code deployment} or {@code sdk}
 * @param code the module's number for the reason; never 0
 * @param log the chain's text, for operators; never shown to users as it is
 */
public record ChainError(String codespace, int code, String log) {

  /** Whether this is the given refusal. */
  public boolean is(String codespace, int code) {
    return this.codespace.equals(codespace) && this.code == code;
  }
}
