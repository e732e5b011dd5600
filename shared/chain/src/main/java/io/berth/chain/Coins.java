package io.berth.chain;

import io.berth.domain.akash.Coin;
import io.berth.domain.akash.DecCoin;
import java.math.BigInteger;
import java.util.List;

/** Money to and from its encoded form. */
final class Coins {
  private Coins() {}

  /**
   * The wire form.
   *
   * @throws IllegalArgumentException if the amount is negative
   */
  static io.berth.proto.cosmos.base.v1beta1.Coin encode(Coin coin) {
    if (coin.amount().signum() < 0) {
      throw new IllegalArgumentException("negative amount of " + coin.denom());
    }
    return io.berth.proto.cosmos.base.v1beta1.Coin.newBuilder()
        .setDenom(coin.denom())
        .setAmount(coin.amount().toString())
        .build();
  }

  static Coin decode(io.berth.proto.cosmos.base.v1beta1.Coin coin) {
    return new Coin(
        coin.getDenom(),
        coin.getAmount().isEmpty() ? BigInteger.ZERO : new BigInteger(coin.getAmount()));
  }

  static DecCoin decode(io.berth.proto.cosmos.base.v1beta1.DecCoin coin) {
    return new DecCoin(coin.getDenom(), Decimals.decode(coin.getAmount()));
  }

  /** How much of {@code denom} is in the list; zero if it is not there. */
  static Coin amountOf(String denom, List<io.berth.proto.cosmos.base.v1beta1.Coin> coins) {
    BigInteger amount =
        coins.stream()
            .filter(coin -> coin.getDenom().equals(denom))
            .map(coin -> decode(coin).amount())
            .reduce(BigInteger.ZERO, BigInteger::add);
    return new Coin(denom, amount);
  }
}
