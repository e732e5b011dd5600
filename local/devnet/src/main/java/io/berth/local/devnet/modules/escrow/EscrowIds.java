package io.berth.local.devnet.modules.escrow;

import io.berth.proto.akash.deployment.v1.DeploymentID;
import io.berth.proto.akash.escrow.id.v1.Account;
import io.berth.proto.akash.escrow.id.v1.Payment;
import io.berth.proto.akash.escrow.id.v1.Scope;
import io.berth.proto.akash.market.v1.BidID;
import io.berth.proto.akash.market.v1.LeaseID;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ids under which deployments, bids and leases have escrow accounts and payments. */
public final class EscrowIds {

  private static final Pattern DEPLOYMENT = Pattern.compile("([a-z0-9]+)/([0-9]{1,20})");

  /** The account that pays a deployment's leases: {@code OWNER/DSEQ}. */
  public static Account of(DeploymentID id) {
    return deployment(id.getOwner(), id.getDseq());
  }

  /** The account that keeps a bid's deposit: {@code OWNER/DSEQ/GSEQ/OSEQ/PROVIDER}. */
  public static Account of(BidID id) {
    String xid =
        "%s/%s/%d/%d/%s"
            .formatted(
                id.getOwner(),
                Long.toUnsignedString(id.getDseq()),
                id.getGseq(),
                id.getOseq(),
                id.getProvider());
    return Account.newBuilder().setScope(Scope.bid).setXid(xid).build();
  }

  /** The payment of a lease out of its deployment's account: {@code GSEQ/OSEQ/PROVIDER}. */
  public static Payment of(LeaseID id) {
    return Payment.newBuilder()
        .setAid(deployment(id.getOwner(), id.getDseq()))
        .setXid("%d/%d/%s".formatted(id.getGseq(), id.getOseq(), id.getProvider()))
        .build();
  }

  /** The deployment whose account this is; empty when it is a bid's. */
  public static Optional<DeploymentID> deploymentOf(Account id) {
    Matcher parts = DEPLOYMENT.matcher(id.getXid());
    if (id.getScope() != Scope.deployment || !parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        DeploymentID.newBuilder()
            .setOwner(parts.group(1))
            .setDseq(Long.parseUnsignedLong(parts.group(2)))
            .build());
  }

  private static Account deployment(String owner, long dseq) {
    return Account.newBuilder()
        .setScope(Scope.deployment)
        .setXid(owner + "/" + Long.toUnsignedString(dseq))
        .build();
  }

  private EscrowIds() {}
}
