package io.berth.local.devnet.modules.bank;

import io.berth.local.devnet.modules.Addresses;
import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.modules.ErrorCode;
import io.berth.local.devnet.modules.Router;
import io.berth.local.devnet.modules.SdkErrors;
import io.berth.local.devnet.modules.auth.AuthKeeper;
import io.berth.proto.cosmos.bank.v1beta1.MsgSend;
import io.berth.proto.cosmos.bank.v1beta1.MsgSendResponse;
import io.berth.proto.cosmos.base.v1beta1.Coin;

/** Handles {@code cosmos.bank.v1beta1} messages. */
public final class BankMessages {

  static final ErrorCode SEND_DISABLED = new ErrorCode("bank", 5, "send transactions are disabled");

  private final BankKeeper bank;
  private final AuthKeeper auth;

  public BankMessages(BankKeeper bank, AuthKeeper auth) {
    this.bank = bank;
    this.auth = auth;
  }

  public void register(Router router) {
    router.on(
        MsgSend.getDefaultInstance(),
        MsgSendResponse.getDefaultInstance(),
        MsgSend::getFromAddress,
        message -> {},
        this::send);
  }

  private void send(Context context, MsgSend message) {
    Addresses.require(message.getFromAddress(), "invalid from address");
    Addresses.require(message.getToAddress(), "invalid to address");
    if (message.getAmountList().isEmpty() || !Coins.areValid(message.getAmountList())) {
      throw SdkErrors.INVALID_COINS.because(Coins.text(message.getAmountList()));
    }
    for (Coin coin : message.getAmountList()) {
      if (!isSendEnabled(coin.getDenom())) {
        throw SEND_DISABLED.because(
            "%s transfers are currently disabled".formatted(coin.getDenom()));
      }
    }
    auth.createIfMissing(context, message.getToAddress());
    bank.send(context, message.getFromAddress(), message.getToAddress(), message.getAmountList());
  }

  /** Compute credit is spent through escrow only; anything else may be sent. */
  static boolean isSendEnabled(String denom) {
    return !denom.equals(Coins.UACT);
  }
}
