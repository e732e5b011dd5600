package io.berth.wallet;

/** A text is no BIP-39 mnemonic. Names the broken rule, never any of the words. */
public final class InvalidMnemonicException extends IllegalArgumentException {

  /** The rule that is broken. */
  public enum Rule {
    /** Lower-case words of a to z, divided by single spaces, nothing before or after. */
    FORMAT,
    /** 12, 15, 18, 21 or 24 words. */
    WORD_COUNT,
    /** Every word is of the English list. */
    WORD,
    /** The last bits are the checksum of the others. */
    CHECKSUM
  }

  private final Rule rule;

  InvalidMnemonicException(Rule rule) {
    super("not a mnemonic: " + rule);
    this.rule = rule;
  }

  public Rule rule() {
    return rule;
  }
}
