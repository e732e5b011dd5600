package io.berth.local.devnet;

import com.google.protobuf.Message;
import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Packed;
import io.berth.local.devnet.modules.authz.AuthzKeeper;
import io.berth.proto.akash.escrow.v1.DepositAuthorization;
import io.berth.proto.cosmos.authz.v1beta1.GrantAuthorization;
import io.berth.proto.cosmos.authz.v1beta1.MsgRevoke;
import io.berth.proto.cosmos.authz.v1beta1.QueryGranteeGrantsRequest;
import io.berth.proto.cosmos.authz.v1beta1.QueryGrpc;
import java.util.List;

/** The deposit grants of the test's tenant. */
final class Grants {

  static List<GrantAuthorization> all(TestNet net) {
    return QueryGrpc.newBlockingStub(net.channel)
        .granteeGrants(
            QueryGranteeGrantsRequest.newBuilder().setGrantee(net.tenant.address()).build())
        .getGrantsList();
  }

  /** What the funder still lets the tenant deposit. */
  static long limit(TestNet net, String denom) {
    DepositAuthorization authorization =
        Packed.open(all(net).getFirst().getAuthorization(), DepositAuthorization.class)
            .orElseThrow();
    return Coins.amountOf(authorization.getSpendLimitsList(), denom).longValueExact();
  }

  static Message revoke(TestNet net) {
    return MsgRevoke.newBuilder()
        .setGranter(net.funder.address())
        .setGrantee(net.tenant.address())
        .setMsgTypeUrl(AuthzKeeper.DEPOSIT)
        .build();
  }

  private Grants() {}
}
