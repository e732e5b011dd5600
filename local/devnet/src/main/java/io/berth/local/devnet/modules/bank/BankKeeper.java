package io.berth.local.devnet.modules.bank;

import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.modules.SdkErrors;
import io.berth.local.devnet.store.Reader;
import io.berth.proto.cosmos.base.v1beta1.Coin;
import java.math.BigInteger;
import java.util.List;

/** Keeps the balances. Coins only move; genesis alone makes some. */
public final class BankKeeper {

  private static final String BALANCES = "bank/balance/";

  /** What an address has of a denom. */
  public BigInteger balance(Reader state, String address, String denom) {
    return state.get(key(address, denom), Coin.class).map(Coins::amount).orElse(BigInteger.ZERO);
  }

  /** Everything an address has, sorted by denom. */
  public List<Coin> balances(Reader state, String address) {
    return List.copyOf(state.scan(BALANCES + address + "/", Coin.class).values());
  }

  /**
   * Moves coins.
   *
   * @throws io.berth.local.devnet.modules.RefusedException sdk 5 when there are too few
   */
  public void send(Context context, String from, String to, List<Coin> coins) {
    for (Coin coin : coins) {
      BigInteger amount = Coins.amount(coin);
      BigInteger had = balance(context, from, coin.getDenom());
      if (had.compareTo(amount) < 0) {
        throw SdkErrors.INSUFFICIENT_FUNDS.because(
            "spendable balance %s is smaller than %s"
                .formatted(Coins.text(Coins.coin(coin.getDenom(), had)), Coins.text(coin)));
      }
      put(context, from, coin.getDenom(), had.subtract(amount));
      add(context, to, coin);
    }
    context.emit("coin_spent", "spender", from, "amount", Coins.text(coins));
    context.emit("coin_received", "receiver", to, "amount", Coins.text(coins));
    context.emit("transfer", "recipient", to, "sender", from, "amount", Coins.text(coins));
  }

  /** Makes coins out of nothing: for genesis. */
  public void mint(Context context, String to, Coin coin) {
    add(context, to, coin);
  }

  private void add(Context context, String address, Coin coin) {
    BigInteger had = balance(context, address, coin.getDenom());
    put(context, address, coin.getDenom(), had.add(Coins.amount(coin)));
  }

  private static void put(Context context, String address, String denom, BigInteger amount) {
    if (amount.signum() == 0) {
      context.delete(key(address, denom));
    } else {
      context.set(key(address, denom), Coins.coin(denom, amount));
    }
  }

  private static String key(String address, String denom) {
    return BALANCES + address + "/" + denom;
  }
}
