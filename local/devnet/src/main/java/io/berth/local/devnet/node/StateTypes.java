package io.berth.local.devnet.node;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UInt64Value;
import io.berth.proto.akash.audit.v1.AuditedProvider;
import io.berth.proto.akash.cert.v1.Certificate;
import io.berth.proto.akash.deployment.v1.Deployment;
import io.berth.proto.akash.deployment.v1beta4.Group;
import io.berth.proto.akash.escrow.types.v1.Account;
import io.berth.proto.akash.escrow.types.v1.Payment;
import io.berth.proto.akash.market.v1.Lease;
import io.berth.proto.akash.market.v1beta5.Bid;
import io.berth.proto.akash.market.v1beta5.Order;
import io.berth.proto.akash.provider.v1beta4.Provider;
import io.berth.proto.cosmos.auth.v1beta1.BaseAccount;
import io.berth.proto.cosmos.authz.v1beta1.GrantAuthorization;
import io.berth.proto.cosmos.base.abci.v1beta1.TxResponse;
import io.berth.proto.cosmos.base.v1beta1.Coin;
import io.berth.proto.cosmos.feegrant.v1beta1.Grant;
import io.berth.proto.tendermint.types.Data;
import java.util.List;

/** Every type of message that the state holds, so that a snapshot can be read again. */
public final class StateTypes {

  public static final List<Message> ALL =
      List.of(
          Account.getDefaultInstance(),
          AuditedProvider.getDefaultInstance(),
          BaseAccount.getDefaultInstance(),
          Bid.getDefaultInstance(),
          Certificate.getDefaultInstance(),
          Coin.getDefaultInstance(),
          Data.getDefaultInstance(),
          Deployment.getDefaultInstance(),
          Grant.getDefaultInstance(),
          GrantAuthorization.getDefaultInstance(),
          Group.getDefaultInstance(),
          Lease.getDefaultInstance(),
          Order.getDefaultInstance(),
          Payment.getDefaultInstance(),
          Provider.getDefaultInstance(),
          Timestamp.getDefaultInstance(),
          TxResponse.getDefaultInstance(),
          UInt64Value.getDefaultInstance());

  private StateTypes() {}
}
