package io.berth.domain.account;

import io.berth.domain.SideBySide;
import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.DecCoin;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.Lease;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.wallet.Owners;
import io.berth.domain.wallet.PublicIdentity;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletKeeper;
import io.berth.domain.wallet.Wallets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a user has, and what it costs them. All of it is on the chain. */
public final class AccountReader {
  private static final Duration WEEK = Duration.ofDays(7);

  private final Wallets wallets;
  private final Owners owners;
  private final WalletKeeper keeper;
  private final AkashReader chain;
  private final Duration blockInterval;

  /**
   * @param blockInterval usual time between blocks: prices are per block
   */
  public AccountReader(
      Wallets wallets, WalletKeeper keeper, AkashReader chain, Duration blockInterval) {
    this.wallets = wallets;
    this.owners = new Owners(wallets);
    this.keeper = keeper;
    this.chain = chain;
    this.blockInterval = blockInterval;
  }

  /**
   * A user's money, in uact (1,000,000 is 1 USD).
   *
   * @param available what can still be deposited
   * @param escrowed what is left in the escrow of active deployments; less than zero in one that is
   *     overdrawn
   */
  public record Balance(BigDecimal available, BigDecimal escrowed) {
    public BigDecimal total() {
      return available.add(escrowed);
    }
  }

  /** A wallet with what can be deposited from it, in uact. */
  public record CreditedWallet(Wallet wallet, Coin credit) {}

  /**
   * The user's money.
   *
   * @param address whose balance is asked for; empty for the user's own
   * @throws Refusal 404 if the user has no wallet, or it is not the one of this address
   */
  public Balance balance(String userId, Optional<String> address) {
    try (SideBySide reads = SideBySide.open()) {
      Supplier<PublicIdentity> funding = reads.begin(keeper::funding);
      Wallet wallet = owners.require(userId);
      if (address.filter(asked -> !asked.equals(wallet.address())).isPresent()) {
        throw new Refusal(new Problem.NotFound("UserWallet Not Found"));
      }
      String granter = funding.get().address();
      Supplier<Coin> credit = reads.begin(() -> credit(granter, wallet));
      BigDecimal escrowed = escrowed(wallet);
      return new Balance(new BigDecimal(credit.get().amount()), escrowed);
    }
  }

  /** The user's wallet, once it can be used; empty before that. */
  public Optional<CreditedWallet> wallet(String userId) {
    try (SideBySide reads = SideBySide.open()) {
      Supplier<PublicIdentity> funding = reads.begin(keeper::funding);
      return wallets
          .find(userId)
          .filter(wallet -> wallet.activatedAt().isPresent())
          .map(wallet -> new CreditedWallet(wallet, credit(funding.get().address(), wallet)));
    }
  }

  /**
   * What the user's active leases cost in seven days, in uact, at their prices and the usual time
   * between blocks.
   *
   * @throws Refusal 404 if the user has no wallet
   */
  public BigDecimal weeklyCost(String userId) {
    String owner = owners.require(userId).address();
    BigDecimal perBlock =
        uact(chain.leasesOf(owner, Optional.of(Lease.State.ACTIVE)).stream().map(Lease::price));
    return perBlock.multiply(BigDecimal.valueOf(WEEK.dividedBy(blockInterval)));
  }

  private Coin credit(String granter, Wallet wallet) {
    return chain.depositGrant(granter, wallet.address(), Coin.UACT);
  }

  private BigDecimal escrowed(Wallet wallet) {
    return uact(
        chain.deployments(wallet.address(), Optional.of(Deployment.State.ACTIVE)).stream()
            .flatMap(deployment -> deployment.escrow().funds().stream()));
  }

  private static BigDecimal uact(Stream<DecCoin> coins) {
    return coins
        .filter(coin -> coin.denom().equals(Coin.UACT))
        .map(DecCoin::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
