package io.berth.local.devnet.modules.feegrant;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Packed;
import io.berth.local.devnet.modules.RefusedException;
import io.berth.local.devnet.modules.Router;
import io.berth.local.devnet.modules.SdkErrors;
import io.berth.local.devnet.modules.Times;
import io.berth.proto.cosmos.base.v1beta1.Coin;
import io.berth.proto.cosmos.feegrant.v1beta1.AllowedMsgAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.BasicAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.PeriodicAllowance;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a fee allowance allows, and what is left of it after a fee. */
sealed interface Allowance {

  /** Opens a packed allowance. */
  static Allowance of(Any any) {
    return Packed.open(any, BasicAllowance.class)
        .<Allowance>map(Basic::new)
        .or(() -> Packed.open(any, PeriodicAllowance.class).map(Periodic::new))
        .or(() -> Packed.open(any, AllowedMsgAllowance.class).map(ForMessages::new))
        .orElseThrow(
            () -> SdkErrors.TX_DECODE.because("unable to resolve type URL " + any.getTypeUrl()));
  }

  /** Stateless checks. */
  void check();

  Optional<Instant> expiration();

  /** As it is stored when granted in a block of this time. */
  Allowance startedAt(Instant now);

  /** What is left after a fee; empty when it is used up. */
  Optional<Allowance> spend(List<Coin> fee, List<Message> messages, Instant now);

  Any packed();

  /** Fees up to a limit, which may be absent, until a time, which may be absent. */
  record Basic(BasicAllowance allowance) implements Allowance {

    @Override
    public void check() {
      if (!Coins.areValid(allowance.getSpendLimitList())) {
        throw SdkErrors.INVALID_COINS.because(
            "send amount is invalid: " + Coins.text(allowance.getSpendLimitList()));
      }
    }

    @Override
    public Optional<Instant> expiration() {
      return allowance.hasExpiration()
          ? Optional.of(Times.instant(allowance.getExpiration()))
          : Optional.empty();
    }

    @Override
    public Allowance startedAt(Instant now) {
      return this;
    }

    @Override
    public Optional<Allowance> spend(List<Coin> fee, List<Message> messages, Instant now) {
      refuseWhenExpired(expiration(), now, "basic allowance");
      if (allowance.getSpendLimitList().isEmpty()) {
        return Optional.of(this);
      }
      List<Coin> left = minus(allowance.getSpendLimitList(), fee, "basic allowance");
      return left.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Basic(allowance.toBuilder().clearSpendLimit().addAllSpendLimit(left).build()));
    }

    @Override
    public Any packed() {
      return Packed.any(allowance);
    }
  }

  /** A basic allowance with a limit per period beside its own. */
  record Periodic(PeriodicAllowance allowance) implements Allowance {

    @Override
    public void check() {
      new Basic(allowance.getBasic()).check();
      if (allowance.getPeriodSpendLimitList().isEmpty()
          || !Coins.areValid(allowance.getPeriodSpendLimitList())) {
        throw SdkErrors.INVALID_COINS.because("spend amount is invalid");
      }
      if (Times.duration(allowance.getPeriod()).compareTo(Duration.ZERO) <= 0) {
        throw SdkErrors.INVALID_REQUEST.because("negative clock step");
      }
    }

    @Override
    public Optional<Instant> expiration() {
      return new Basic(allowance.getBasic()).expiration();
    }

    @Override
    public Allowance startedAt(Instant now) {
      return new Periodic(
          allowance.toBuilder()
              .setPeriodReset(Times.timestamp(now.plus(Times.duration(allowance.getPeriod()))))
              .build());
    }

    @Override
    public Optional<Allowance> spend(List<Coin> fee, List<Message> messages, Instant now) {
      refuseWhenExpired(expiration(), now, "absolute limit");
      PeriodicAllowance.Builder next = reset(now).toBuilder();
      List<Coin> inPeriod = minus(next.getPeriodCanSpendList(), fee, "period limit");
      next.clearPeriodCanSpend().addAllPeriodCanSpend(inPeriod);
      if (allowance.getBasic().getSpendLimitList().isEmpty()) {
        return Optional.of(new Periodic(next.build()));
      }
      List<Coin> left = minus(allowance.getBasic().getSpendLimitList(), fee, "absolute limit");
      next.getBasicBuilder().clearSpendLimit().addAllSpendLimit(left);
      return left.isEmpty() ? Optional.empty() : Optional.of(new Periodic(next.build()));
    }

    private PeriodicAllowance reset(Instant now) {
      Instant due = Times.instant(allowance.getPeriodReset());
      if (now.isBefore(due)) {
        return allowance;
      }
      Duration period = Times.duration(allowance.getPeriod());
      Instant next = due.plus(period);
      return allowance.toBuilder()
          .clearPeriodCanSpend()
          .addAllPeriodCanSpend(allowance.getPeriodSpendLimitList())
          .setPeriodReset(Times.timestamp(now.isAfter(next) ? now.plus(period) : next))
          .build();
    }

    @Override
    public Any packed() {
      return Packed.any(allowance);
    }
  }

  /** Another allowance, for transactions of some messages only. */
  record ForMessages(AllowedMsgAllowance allowance) implements Allowance {

    @Override
    public void check() {
      inner().check();
    }

    @Override
    public Optional<Instant> expiration() {
      return inner().expiration();
    }

    @Override
    public Allowance startedAt(Instant now) {
      return around(inner().startedAt(now));
    }

    @Override
    public Optional<Allowance> spend(List<Coin> fee, List<Message> messages, Instant now) {
      boolean allowed =
          messages.stream()
              .map(Router::typeUrl)
              .allMatch(allowance.getAllowedMessagesList()::contains);
      if (!allowed) {
        throw FeegrantKeeper.MESSAGE_NOT_ALLOWED.because(
            "message does not exist in allowed messages");
      }
      return inner().spend(fee, messages, now).map(this::around);
    }

    private Allowance inner() {
      return Allowance.of(allowance.getAllowance());
    }

    private Allowance around(Allowance other) {
      return new ForMessages(allowance.toBuilder().setAllowance(other.packed()).build());
    }

    @Override
    public Any packed() {
      return Packed.any(allowance);
    }
  }

  private static void refuseWhenExpired(Optional<Instant> expiration, Instant now, String what) {
    if (expiration.filter(expiry -> expiry.isBefore(now)).isPresent()) {
      throw FeegrantKeeper.EXPIRED.because(what);
    }
  }

  private static List<Coin> minus(List<Coin> limit, List<Coin> fee, String what) {
    List<Coin> left = limit;
    for (Coin coin : fee) {
      BigInteger rest = Coins.amountOf(left, coin.getDenom()).subtract(Coins.amount(coin));
      if (rest.signum() < 0) {
        throw exceeded(what);
      }
      left = Coins.withAmount(left, coin.getDenom(), rest);
    }
    return left;
  }

  private static RefusedException exceeded(String what) {
    return FeegrantKeeper.FEE_LIMIT_EXCEEDED.because(what);
  }
}
