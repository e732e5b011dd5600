package io.berth.local.devnet.modules.escrow;

import io.berth.local.devnet.modules.Addresses;
import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.modules.Router;
import io.berth.proto.akash.escrow.id.v1.Scope;
import io.berth.proto.akash.escrow.types.v1.Depositor;
import io.berth.proto.akash.escrow.v1.DepositAuthorization;
import io.berth.proto.akash.escrow.v1.MsgAccountDeposit;
import io.berth.proto.akash.escrow.v1.MsgAccountDepositResponse;
import java.util.List;

/** Handles {@code akash.escrow.v1} messages. */
public final class EscrowMessages {

  private final EscrowKeeper escrow;
  private final DepositGrants deposits;

  public EscrowMessages(EscrowKeeper escrow, DepositGrants deposits) {
    this.escrow = escrow;
    this.deposits = deposits;
  }

  public void register(Router router) {
    router.on(
        MsgAccountDeposit.getDefaultInstance(),
        MsgAccountDepositResponse.getDefaultInstance(),
        MsgAccountDeposit::getSigner,
        EscrowMessages::check,
        this::deposit);
  }

  private static void check(MsgAccountDeposit message) {
    Addresses.require(message.getSigner(), "invalid signer");
    Scope scope = message.getId().getScope();
    if ((scope != Scope.deployment && scope != Scope.bid) || message.getId().getXid().isEmpty()) {
      throw EscrowErrors.INVALID_ID.refuse();
    }
    DepositGrants.check(message.getDeposit());
    if (Coins.amount(message.getDeposit().getAmount()).signum() == 0) {
      throw EscrowErrors.INVALID_DEPOSIT.because("amount must be positive");
    }
  }

  /** Anybody may deposit into any account. */
  private void deposit(Context context, MsgAccountDeposit message) {
    DepositAuthorization.Scope scope =
        message.getId().getScope() == Scope.bid
            ? DepositAuthorization.Scope.bid
            : DepositAuthorization.Scope.deployment;
    List<Depositor> depositors =
        deposits.authorize(context, message.getSigner(), message.getDeposit(), scope);
    escrow.deposit(context, message.getId(), depositors);
  }
}
