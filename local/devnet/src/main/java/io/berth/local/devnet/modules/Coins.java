package io.berth.local.devnet.modules;

import io.berth.proto.cosmos.base.v1beta1.Coin;
import io.berth.proto.cosmos.base.v1beta1.DecCoin;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whole and decimal coins as protobuf carries them. */
public final class Coins {

  /** Compute credit, about one US dollar per million; pays leases, cannot be sent. */
  public static final String UACT = "uact";

  /** The chain's own coin; pays gas. */
  public static final String UAKT = "uakt";

  private static final Pattern DENOM = Pattern.compile("[a-zA-Z][a-zA-Z0-9/:._-]{2,127}");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,78}");

  /** A coin of a whole amount. */
  public static Coin coin(String denom, BigInteger amount) {
    return Coin.newBuilder().setDenom(denom).setAmount(amount.toString()).build();
  }

  /** A coin of a whole amount. */
  public static Coin coin(String denom, long amount) {
    return coin(denom, BigInteger.valueOf(amount));
  }

  /** A coin of a decimal amount. */
  public static DecCoin decCoin(String denom, Dec amount) {
    return DecCoin.newBuilder().setDenom(denom).setAmount(amount.toWire()).build();
  }

  /** The whole amount of a coin that passed {@link #isValid}. */
  public static BigInteger amount(Coin coin) {
    return coin.getAmount().isEmpty() ? BigInteger.ZERO : new BigInteger(coin.getAmount());
  }

  /** The decimal amount. */
  public static Dec amount(DecCoin coin) {
    return Dec.fromWire(coin.getAmount());
  }

  /** Whether denom and amount are well formed and the amount is not negative. */
  public static boolean isValid(Coin coin) {
    return DENOM.matcher(coin.getDenom()).matches() && DIGITS.matcher(coin.getAmount()).matches();
  }

  /** Whether denom and amount are well formed and the amount is not negative. */
  public static boolean isValid(DecCoin coin) {
    return DENOM.matcher(coin.getDenom()).matches() && DIGITS.matcher(coin.getAmount()).matches();
  }

  /** Whether all are valid and positive, and no denom comes twice. */
  public static boolean areValid(Collection<Coin> coins) {
    Set<String> denoms = new HashSet<>();
    return coins.stream()
        .allMatch(
            coin -> isValid(coin) && amount(coin).signum() > 0 && denoms.add(coin.getDenom()));
  }

  /** The amount of one denom in a list. */
  public static BigInteger amountOf(List<Coin> coins, String denom) {
    return coins.stream()
        .filter(coin -> coin.getDenom().equals(denom))
        .map(Coins::amount)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /**
   * The list with one denom's amount replaced: sorted by denom, without zeros, as the SDK keeps
   * coins.
   */
  public static List<Coin> withAmount(List<Coin> coins, String denom, BigInteger amount) {
    var others = coins.stream().filter(coin -> !coin.getDenom().equals(denom));
    return Stream.concat(others, Stream.of(coin(denom, amount)))
        .filter(coin -> amount(coin).signum() != 0)
        .sorted(Comparator.comparing(Coin::getDenom))
        .toList();
  }

  /** As the SDK prints it: {@code 5000uakt}. */
  public static String text(Coin coin) {
    return coin.getAmount() + coin.getDenom();
  }

  /** As the SDK prints a list: {@code 5000uakt,7uact}. */
  public static String text(List<Coin> coins) {
    return coins.stream().map(Coins::text).collect(Collectors.joining(","));
  }

  private Coins() {}
}
