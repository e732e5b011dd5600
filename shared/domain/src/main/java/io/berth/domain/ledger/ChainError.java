package io.berth.domain.ledger;

/** A refusal by the chain, with its own words. */
public sealed interface ChainError {

  /** The module that refused, such as {@code deployment} or {@code sdk}. */
  String codespace();

  /** The module's number for the reason; never 0. */
  int code();

  /** The chain's text, for operators; never shown to users as it is. */
  String log();

  /** A refusal that its module has registered. */
  record Known(ChainFault fault, String log) implements ChainError {
    @Override
    public String codespace() {
      return fault.codespace();
    }

    @Override
    public int code() {
      return fault.code();
    }
  }

  /** Any other, as it came. */
  record Unknown(String codespace, int code, String log) implements ChainError {}

  /** The refusal of this pair. */
  static ChainError of(String codespace, int code, String log) {
    return ChainFault.of(codespace, code)
        .<ChainError>map(fault -> new Known(fault, log))
        .orElseGet(() -> new Unknown(codespace, code, log));
  }

  /** Whether it is this one. */
  default boolean is(ChainFault fault) {
    return this instanceof Known known && known.fault() == fault;
  }
}
