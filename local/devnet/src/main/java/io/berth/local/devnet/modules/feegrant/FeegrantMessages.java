package io.berth.local.devnet.modules.feegrant;

import io.berth.local.devnet.modules.Addresses;
import io.berth.local.devnet.modules.Router;
import io.berth.local.devnet.modules.SdkErrors;
import io.berth.proto.cosmos.feegrant.v1beta1.MsgGrantAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.MsgGrantAllowanceResponse;
import io.berth.proto.cosmos.feegrant.v1beta1.MsgRevokeAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.MsgRevokeAllowanceResponse;

/** Handles {@code cosmos.feegrant.v1beta1} messages. */
public final class FeegrantMessages {

  private final FeegrantKeeper feegrant;

  public FeegrantMessages(FeegrantKeeper feegrant) {
    this.feegrant = feegrant;
  }

  public void register(Router router) {
    router
        .on(
            MsgGrantAllowance.getDefaultInstance(),
            MsgGrantAllowanceResponse.getDefaultInstance(),
            MsgGrantAllowance::getGranter,
            FeegrantMessages::check,
            (context, message) ->
                feegrant.grant(
                    context, message.getGranter(), message.getGrantee(), message.getAllowance()))
        .on(
            MsgRevokeAllowance.getDefaultInstance(),
            MsgRevokeAllowanceResponse.getDefaultInstance(),
            MsgRevokeAllowance::getGranter,
            message -> checkPair(message.getGranter(), message.getGrantee()),
            (context, message) ->
                feegrant.revoke(context, message.getGranter(), message.getGrantee()));
  }

  private static void check(MsgGrantAllowance message) {
    checkPair(message.getGranter(), message.getGrantee());
    Allowance.of(message.getAllowance()).check();
  }

  private static void checkPair(String granter, String grantee) {
    Addresses.require(granter, "invalid granter address");
    Addresses.require(grantee, "invalid grantee address");
    if (granter.equals(grantee)) {
      throw SdkErrors.INVALID_ADDRESS.because("cannot self-grant fee authorization");
    }
  }
}
