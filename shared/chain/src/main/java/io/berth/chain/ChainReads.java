package io.berth.chain;

import com.google.protobuf.ByteString;
import io.berth.domain.akash.Bid;
import io.berth.domain.akash.Certificate;
import io.berth.domain.akash.DecCoin;
import io.berth.domain.akash.Deployment;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.EscrowAccount;
import io.berth.domain.akash.Group;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.Provider;
import io.berth.domain.akash.ProviderProfile;
import io.berth.domain.akash.ResourceOffer;
import io.berth.domain.akash.SignedAttributes;
import io.berth.proto.akash.audit.v1.AuditedProvider;
import io.berth.proto.akash.cert.v1.CertificateResponse;
import io.berth.proto.akash.deployment.v1beta4.QueryDeploymentResponse;
import io.berth.proto.akash.escrow.types.v1.Account;
import io.berth.proto.akash.escrow.types.v1.AccountState;
import io.berth.proto.akash.escrow.types.v1.Depositor;
import io.berth.proto.akash.market.v1.LeaseClosedReason;
import io.berth.proto.akash.market.v1beta5.QueryBidResponse;
import java.util.Optional;

/** The chain's answers as values of the domain. */
final class ChainReads {
  private ChainReads() {}

  static Deployment deployment(QueryDeploymentResponse response) {
    var deployment = response.getDeployment();
    return new Deployment(
        new DeploymentId(deployment.getId().getOwner(), deployment.getId().getDseq()),
        switch (deployment.getState()) {
          case active -> Deployment.State.ACTIVE;
          case closed -> Deployment.State.CLOSED;
          case invalid, UNRECOGNIZED -> Deployment.State.UNKNOWN;
        },
        Messages.bytes(deployment.getHash()),
        deployment.getCreatedAt(),
        response.getGroupsList().stream().map(ChainReads::group).toList(),
        escrow(response.getEscrowAccount()));
  }

  private static Group group(io.berth.proto.akash.deployment.v1beta4.Group group) {
    return new Group(
        group.getId().getGseq(),
        switch (group.getState()) {
          case open -> Group.State.OPEN;
          case paused -> Group.State.PAUSED;
          case insufficient_funds -> Group.State.INSUFFICIENT_FUNDS;
          case closed -> Group.State.CLOSED;
          case invalid, UNRECOGNIZED -> Group.State.UNKNOWN;
        },
        Groups.decode(group.getGroupSpec()),
        group.getCreatedAt());
  }

  static EscrowAccount escrow(Account account) {
    AccountState state = account.getState();
    return new EscrowAccount(
        account.getId().getScope().name(),
        account.getId().getXid(),
        state.getOwner(),
        switch (state.getState()) {
          case open -> EscrowAccount.State.OPEN;
          case closed -> EscrowAccount.State.CLOSED;
          case overdrawn -> EscrowAccount.State.OVERDRAWN;
          case invalid, UNRECOGNIZED -> EscrowAccount.State.UNKNOWN;
        },
        state.getTransferredList().stream().map(Coins::decode).toList(),
        state.getSettledAt(),
        state.getFundsList().stream()
            .map(fund -> new DecCoin(fund.getDenom(), Decimals.decode(fund.getAmount())))
            .toList(),
        state.getDepositsList().stream().map(ChainReads::deposit).toList());
  }

  private static EscrowAccount.Deposit deposit(Depositor deposit) {
    return new EscrowAccount.Deposit(
        deposit.getOwner(),
        deposit.getHeight(),
        deposit.getSource().name(),
        Coins.decode(deposit.getBalance()));
  }

  static Bid bid(QueryBidResponse response) {
    var bid = response.getBid();
    return new Bid(
        Messages.decode(bid.getId()),
        switch (bid.getState()) {
          case open -> Bid.State.OPEN;
          case active -> Bid.State.ACTIVE;
          case lost -> Bid.State.LOST;
          case closed -> Bid.State.CLOSED;
          case invalid, UNRECOGNIZED -> Bid.State.UNKNOWN;
        },
        Coins.decode(bid.getPrice()),
        bid.getCreatedAt(),
        bid.getResourcesOfferList().stream()
            .map(offer -> new ResourceOffer(Groups.decode(offer.getResources()), offer.getCount()))
            .toList(),
        bid.hasReclamationWindow()
            ? Optional.of(Messages.decode(bid.getReclamationWindow()))
            : Optional.empty(),
        escrow(response.getEscrowAccount()));
  }

  static Lease lease(io.berth.proto.akash.market.v1.Lease lease) {
    return new Lease(
        Messages.decode(lease.getId()),
        switch (lease.getState()) {
          case active -> Lease.State.ACTIVE;
          case insufficient_funds -> Lease.State.INSUFFICIENT_FUNDS;
          case closed -> Lease.State.CLOSED;
          case reclaiming -> Lease.State.RECLAIMING;
          case invalid, UNRECOGNIZED -> Lease.State.UNKNOWN;
        },
        Coins.decode(lease.getPrice()),
        lease.getCreatedAt(),
        lease.getClosedOn(),
        lease.getReason() == LeaseClosedReason.UNRECOGNIZED
            ? "lease_closed_reason_" + lease.getReasonValue()
            : lease.getReason().name());
  }

  static Provider provider(io.berth.proto.akash.provider.v1beta4.Provider provider) {
    return new Provider(
        provider.getOwner(),
        provider.getHostUri(),
        Groups.decodeAttributes(provider.getAttributesList()));
  }

  static ProviderProfile profile(io.berth.proto.akash.provider.v1beta4.Provider provider) {
    return new ProviderProfile(
        provider(provider), provider.getInfo().getEmail(), provider.getInfo().getWebsite());
  }

  static SignedAttributes signedAttributes(AuditedProvider signed) {
    return new SignedAttributes(
        signed.getOwner(),
        signed.getAuditor(),
        Groups.decodeAttributes(signed.getAttributesList()));
  }

  static Certificate certificate(String owner, CertificateResponse response) {
    ByteString pem = response.getCertificate().getCert();
    return new Certificate(
        owner,
        response.getSerial(),
        switch (response.getCertificate().getState()) {
          case valid -> Certificate.State.VALID;
          case revoked -> Certificate.State.REVOKED;
          case invalid, UNRECOGNIZED -> Certificate.State.UNKNOWN;
        },
        Messages.bytes(pem),
        Messages.bytes(response.getCertificate().getPubkey()));
  }
}
