package io.berth.local.devnet.modules.authz;

import io.berth.local.devnet.modules.Addresses;
import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.ErrorCode;
import io.berth.local.devnet.modules.Packed;
import io.berth.local.devnet.modules.Router;
import io.berth.local.devnet.modules.SdkErrors;
import io.berth.proto.akash.escrow.v1.DepositAuthorization;
import io.berth.proto.akash.escrow.v1.DepositAuthorization.Scope;
import io.berth.proto.cosmos.authz.v1beta1.MsgGrant;
import io.berth.proto.cosmos.authz.v1beta1.MsgGrantResponse;
import io.berth.proto.cosmos.authz.v1beta1.MsgRevoke;
import io.berth.proto.cosmos.authz.v1beta1.MsgRevokeResponse;
import java.util.HashSet;
import java.util.List;

/** Handles {@code cosmos.authz.v1beta1} messages. MsgExec is not served. */
public final class AuthzMessages {

  private static final ErrorCode INVALID_SCOPE = new ErrorCode("escrow", 17, "invalid authz scope");

  private final AuthzKeeper authz;

  public AuthzMessages(AuthzKeeper authz) {
    this.authz = authz;
  }

  public void register(Router router) {
    router
        .on(
            MsgGrant.getDefaultInstance(),
            MsgGrantResponse.getDefaultInstance(),
            MsgGrant::getGranter,
            AuthzMessages::check,
            (context, message) ->
                authz.grant(
                    context, message.getGranter(), message.getGrantee(), message.getGrant()))
        .on(
            MsgRevoke.getDefaultInstance(),
            MsgRevokeResponse.getDefaultInstance(),
            MsgRevoke::getGranter,
            message -> checkPair(message.getGranter(), message.getGrantee()),
            (context, message) ->
                authz.revoke(
                    context, message.getGranter(), message.getGrantee(), message.getMsgTypeUrl()));
  }

  private static void check(MsgGrant message) {
    checkPair(message.getGranter(), message.getGrantee());
    Packed.open(message.getGrant().getAuthorization(), DepositAuthorization.class)
        .ifPresent(AuthzMessages::check);
  }

  private static void check(DepositAuthorization authorization) {
    List<Scope> scopes = authorization.getScopesList();
    if (scopes.isEmpty()) {
      throw INVALID_SCOPE.because("empty scope");
    }
    if (scopes.contains(Scope.invalid) || scopes.contains(Scope.UNRECOGNIZED)) {
      throw INVALID_SCOPE.because("invalid scope");
    }
    if (new HashSet<>(scopes).size() != scopes.size()) {
      throw INVALID_SCOPE.because("duplicate scope");
    }
    if (!Coins.areValid(authorization.getSpendLimitsList())) {
      throw SdkErrors.INVALID_COINS.because("spend limits are invalid");
    }
  }

  private static void checkPair(String granter, String grantee) {
    Addresses.require(granter, "invalid granter address");
    Addresses.require(grantee, "invalid grantee address");
    if (granter.equals(grantee)) {
      throw AuthzKeeper.GRANTEE_IS_GRANTER.refuse();
    }
  }
}
