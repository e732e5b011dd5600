package io.berth.domain.akash;

import io.berth.domain.Bytes;
import io.berth.sdl.group.GroupSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A message of a transaction. Deposits always come from grants. */
public sealed interface ChainMessage {

  /** The message's type URL, such as {@code /akash.deployment.v1beta4.MsgCreateDeployment}. */
  String typeUrl();

  /** The address that must sign. */
  String actor();

  /** The owner of the deployment that it names, or whose order, lease or escrow; empty if none. */
  default Optional<String> deploymentOwner() {
    return switch (this) {
      case CreateDeployment create -> Optional.of(create.id().owner());
      case UpdateDeployment update -> Optional.of(update.id().owner());
      case CloseDeployment close -> Optional.of(close.id().owner());
      case CreateLease create -> Optional.of(create.bid().order().owner());
      case CloseLease close -> Optional.of(close.lease().order().owner());
      case AccountDeposit deposit -> Optional.of(deposit.deployment().owner());
      case CreateCertificate _, RevokeCertificate _ -> Optional.empty();
      case GrantDeposits _, GrantAllowance _, RevokeAllowance _ -> Optional.empty();
    };
  }

  /**
   * Opens a deployment.
   *
   * @param hash SHA-256 of the manifest (32 bytes)
   */
  record CreateDeployment(
      DeploymentId id,
      List<GroupSpec> groups,
      Bytes hash,
      Coin deposit,
      Optional<Duration> reclamationWindow)
      implements ChainMessage {
    public CreateDeployment {
      groups = List.copyOf(groups);
    }

    @Override
    public String typeUrl() {
      return "/akash.deployment.v1beta4.MsgCreateDeployment";
    }

    @Override
    public String actor() {
      return id.owner();
    }
  }

  /** Changes a deployment's manifest hash; groups never change. */
  record UpdateDeployment(DeploymentId id, Bytes hash) implements ChainMessage {
    @Override
    public String typeUrl() {
      return "/akash.deployment.v1beta4.MsgUpdateDeployment";
    }

    @Override
    public String actor() {
      return id.owner();
    }
  }

  /** Closes a deployment and returns the rest of its escrow. */
  record CloseDeployment(DeploymentId id) implements ChainMessage {
    @Override
    public String typeUrl() {
      return "/akash.deployment.v1beta4.MsgCloseDeployment";
    }

    @Override
    public String actor() {
      return id.owner();
    }
  }

  /** Accepts a bid. */
  record CreateLease(BidId bid) implements ChainMessage {
    @Override
    public String typeUrl() {
      return "/akash.market.v1beta5.MsgCreateLease";
    }

    @Override
    public String actor() {
      return bid.order().owner();
    }
  }

  /**
   * Ends a lease; the chain opens the group's next order at once. By the owner, with the reason
   * {@code lease_closed_owner}.
   */
  record CloseLease(BidId lease) implements ChainMessage {
    @Override
    public String typeUrl() {
      return "/akash.market.v1beta5.MsgCloseLease";
    }

    @Override
    public String actor() {
      return lease.order().owner();
    }
  }

  /** Adds money to a deployment's escrow account. */
  record AccountDeposit(String signer, DeploymentId deployment, Coin amount)
      implements ChainMessage {
    @Override
    public String typeUrl() {
      return "/akash.escrow.v1.MsgAccountDeposit";
    }

    @Override
    public String actor() {
      return signer;
    }
  }

  /** Publishes a client certificate; both values are PEM text. */
  record CreateCertificate(String owner, Bytes certificate, Bytes publicKey)
      implements ChainMessage {
    @Override
    public String typeUrl() {
      return "/akash.cert.v1.MsgCreateCertificate";
    }

    @Override
    public String actor() {
      return owner;
    }
  }

  /** Revokes a client certificate by its decimal serial. */
  record RevokeCertificate(String owner, String serial) implements ChainMessage {
    @Override
    public String typeUrl() {
      return "/akash.cert.v1.MsgRevokeCertificate";
    }

    @Override
    public String actor() {
      return owner;
    }
  }

  /** Lets the grantee deposit the granter's money into deployments; replaces an older grant. */
  record GrantDeposits(String granter, String grantee, Coin limit, Optional<Instant> expiration)
      implements ChainMessage {
    @Override
    public String typeUrl() {
      return "/cosmos.authz.v1beta1.MsgGrant";
    }

    @Override
    public String actor() {
      return granter;
    }
  }

  /** Pays the grantee's fees up to a limit; refused while an older allowance exists. */
  record GrantAllowance(String granter, String grantee, Coin limit, Optional<Instant> expiration)
      implements ChainMessage {
    @Override
    public String typeUrl() {
      return "/cosmos.feegrant.v1beta1.MsgGrantAllowance";
    }

    @Override
    public String actor() {
      return granter;
    }
  }

  /** Takes a fee allowance back. */
  record RevokeAllowance(String granter, String grantee) implements ChainMessage {
    @Override
    public String typeUrl() {
      return "/cosmos.feegrant.v1beta1.MsgRevokeAllowance";
    }

    @Override
    public String actor() {
      return granter;
    }
  }
}
