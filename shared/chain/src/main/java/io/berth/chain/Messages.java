package io.berth.chain;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.berth.domain.Bytes;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.ChainMessage.AccountDeposit;
import io.berth.domain.akash.ChainMessage.CloseDeployment;
import io.berth.domain.akash.ChainMessage.CloseLease;
import io.berth.domain.akash.ChainMessage.CreateCertificate;
import io.berth.domain.akash.ChainMessage.CreateDeployment;
import io.berth.domain.akash.ChainMessage.CreateLease;
import io.berth.domain.akash.ChainMessage.GrantAllowance;
import io.berth.domain.akash.ChainMessage.GrantDeposits;
import io.berth.domain.akash.ChainMessage.RevokeAllowance;
import io.berth.domain.akash.ChainMessage.RevokeCertificate;
import io.berth.domain.akash.ChainMessage.UpdateDeployment;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.OrderId;
import io.berth.proto.akash.base.deposit.v1.Deposit;
import io.berth.proto.akash.base.deposit.v1.Source;
import io.berth.proto.akash.cert.v1.ID;
import io.berth.proto.akash.cert.v1.MsgCreateCertificate;
import io.berth.proto.akash.cert.v1.MsgRevokeCertificate;
import io.berth.proto.akash.deployment.v1.DeploymentID;
import io.berth.proto.akash.deployment.v1.DeploymentReclamation;
import io.berth.proto.akash.deployment.v1beta4.MsgCloseDeployment;
import io.berth.proto.akash.deployment.v1beta4.MsgCreateDeployment;
import io.berth.proto.akash.deployment.v1beta4.MsgUpdateDeployment;
import io.berth.proto.akash.escrow.id.v1.Account;
import io.berth.proto.akash.escrow.id.v1.Scope;
import io.berth.proto.akash.escrow.v1.DepositAuthorization;
import io.berth.proto.akash.escrow.v1.MsgAccountDeposit;
import io.berth.proto.akash.market.v1.BidID;
import io.berth.proto.akash.market.v1.LeaseClosedReason;
import io.berth.proto.akash.market.v1.LeaseID;
import io.berth.proto.akash.market.v1beta5.MsgCloseLease;
import io.berth.proto.akash.market.v1beta5.MsgCreateLease;
import io.berth.proto.cosmos.authz.v1beta1.Grant;
import io.berth.proto.cosmos.authz.v1beta1.MsgGrant;
import io.berth.proto.cosmos.feegrant.v1beta1.BasicAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.MsgGrantAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.MsgRevokeAllowance;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Messages to and from their encoded form, as the official SDKs write it. */
public final class Messages {
  private Messages() {}

  /**
   * The message as a transaction holds it.
   *
   * @throws IllegalArgumentException if a dseq is not positive
   * @throws ArithmeticException if a price has more than 18 decimals
   */
  public static Any encode(ChainMessage message) {
    return pack(
        switch (message) {
          case CreateDeployment create -> encode(create);
          case UpdateDeployment update ->
              MsgUpdateDeployment.newBuilder()
                  .setId(encode(update.id()))
                  .setHash(bytes(update.hash()))
                  .build();
          case CloseDeployment close ->
              MsgCloseDeployment.newBuilder().setId(encode(close.id())).build();
          case CreateLease lease ->
              MsgCreateLease.newBuilder().setBidId(encode(lease.bid())).build();
          case CloseLease close ->
              MsgCloseLease.newBuilder()
                  .setId(encodeLease(close.lease()))
                  .setReason(LeaseClosedReason.lease_closed_owner)
                  .build();
          case AccountDeposit deposit -> encode(deposit);
          case CreateCertificate create ->
              MsgCreateCertificate.newBuilder()
                  .setOwner(create.owner())
                  .setCert(bytes(create.certificate()))
                  .setPubkey(bytes(create.publicKey()))
                  .build();
          case RevokeCertificate revoke ->
              MsgRevokeCertificate.newBuilder()
                  .setId(ID.newBuilder().setOwner(revoke.owner()).setSerial(revoke.serial()))
                  .build();
          case GrantDeposits grant -> encode(grant);
          case GrantAllowance grant -> encode(grant);
          case RevokeAllowance revoke ->
              MsgRevokeAllowance.newBuilder()
                  .setGranter(revoke.granter())
                  .setGrantee(revoke.grantee())
                  .build();
        });
  }

  /**
   * Reads an encoded message. Strict: what encoding again would not reproduce byte for byte
   * (unknown fields, other deposit sources or scopes, left-out parts) is refused, so that a policy
   * applied to the result holds for the bytes.
   */
  public static DecodedMessage decode(Any encoded) {
    try {
      Optional<ChainMessage> message = read(encoded);
      if (message.isEmpty()) {
        return new DecodedMessage.Refused("message type " + encoded.getTypeUrl());
      }
      return encode(message.get()).equals(encoded)
          ? new DecodedMessage.Known(message.get())
          : new DecodedMessage.Refused("not the form Berth writes: " + encoded.getTypeUrl());
    } catch (InvalidProtocolBufferException
        | IllegalArgumentException
        | ArithmeticException
        | DateTimeException malformed) {
      return new DecodedMessage.Refused(
          "malformed " + encoded.getTypeUrl() + ": " + malformed.getMessage());
    }
  }

  /** As {@link #decode(Any)}, of a message's type and protobuf bytes. */
  public static DecodedMessage decode(String typeUrl, byte[] value) {
    return decode(
        Any.newBuilder().setTypeUrl(typeUrl).setValue(ByteString.copyFrom(value)).build());
  }

  /** Cosmos names types with a bare slash before the full name. */
  static Any pack(Message value) {
    return Any.pack(value, "");
  }

  private static Optional<ChainMessage> read(Any encoded) throws InvalidProtocolBufferException {
    ByteString value = encoded.getValue();
    return Optional.ofNullable(
        switch (encoded.getTypeUrl()) {
          case "/akash.deployment.v1beta4.MsgCreateDeployment" ->
              decode(MsgCreateDeployment.parseFrom(value));
          case "/akash.deployment.v1beta4.MsgUpdateDeployment" ->
              decode(MsgUpdateDeployment.parseFrom(value));
          case "/akash.deployment.v1beta4.MsgCloseDeployment" ->
              new CloseDeployment(decode(MsgCloseDeployment.parseFrom(value).getId()));
          case "/akash.market.v1beta5.MsgCreateLease" ->
              new CreateLease(decode(MsgCreateLease.parseFrom(value).getBidId()));
          case "/akash.market.v1beta5.MsgCloseLease" ->
              new CloseLease(decode(MsgCloseLease.parseFrom(value).getId()));
          case "/akash.escrow.v1.MsgAccountDeposit" -> decode(MsgAccountDeposit.parseFrom(value));
          case "/akash.cert.v1.MsgCreateCertificate" ->
              decode(MsgCreateCertificate.parseFrom(value));
          case "/akash.cert.v1.MsgRevokeCertificate" ->
              decode(MsgRevokeCertificate.parseFrom(value));
          case "/cosmos.authz.v1beta1.MsgGrant" -> decode(MsgGrant.parseFrom(value));
          case "/cosmos.feegrant.v1beta1.MsgGrantAllowance" ->
              decode(MsgGrantAllowance.parseFrom(value));
          case "/cosmos.feegrant.v1beta1.MsgRevokeAllowance" ->
              decode(MsgRevokeAllowance.parseFrom(value));
          default -> null;
        });
  }

  private static MsgCreateDeployment encode(CreateDeployment create) {
    MsgCreateDeployment.Builder message =
        MsgCreateDeployment.newBuilder()
            .setId(encode(create.id()))
            .addAllGroups(create.groups().stream().map(Groups::encode).toList())
            .setHash(bytes(create.hash()))
            .setDeposit(deposit(create.deposit()));
    create
        .reclamationWindow()
        .ifPresent(
            window ->
                message.setReclamation(
                    DeploymentReclamation.newBuilder().setMinWindow(encode(window))));
    return message.build();
  }

  private static ChainMessage decode(MsgCreateDeployment message) {
    return new CreateDeployment(
        decode(message.getId()),
        message.getGroupsList().stream().map(Groups::decode).toList(),
        bytes(message.getHash()),
        Coins.decode(message.getDeposit().getAmount()),
        message.hasReclamation()
            ? Optional.of(decode(message.getReclamation().getMinWindow()))
            : Optional.empty());
  }

  private static ChainMessage decode(MsgUpdateDeployment message) {
    return new UpdateDeployment(decode(message.getId()), bytes(message.getHash()));
  }

  private static MsgAccountDeposit encode(AccountDeposit deposit) {
    return MsgAccountDeposit.newBuilder()
        .setSigner(deposit.signer())
        .setId(
            Account.newBuilder()
                .setScope(Scope.deployment)
                .setXid(checked(deposit.deployment()).escrowXid()))
        .setDeposit(deposit(deposit.amount()))
        .build();
  }

  private static ChainMessage decode(MsgAccountDeposit message) {
    String xid = message.getId().getXid();
    int slash = xid.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("escrow account " + xid);
    }
    return new AccountDeposit(
        message.getSigner(),
        new DeploymentId(xid.substring(0, slash), Long.parseLong(xid.substring(slash + 1))),
        Coins.decode(message.getDeposit().getAmount()));
  }

  private static ChainMessage decode(MsgCreateCertificate message) {
    return new CreateCertificate(
        message.getOwner(), bytes(message.getCert()), bytes(message.getPubkey()));
  }

  private static ChainMessage decode(MsgRevokeCertificate message) {
    return new RevokeCertificate(message.getId().getOwner(), message.getId().getSerial());
  }

  private static MsgGrant encode(GrantDeposits grant) {
    Grant.Builder encoded = Grant.newBuilder().setAuthorization(pack(authorization(grant.limit())));
    grant.expiration().ifPresent(expiration -> encoded.setExpiration(encode(expiration)));
    return MsgGrant.newBuilder()
        .setGranter(grant.granter())
        .setGrantee(grant.grantee())
        .setGrant(encoded)
        .build();
  }

  /** As Console writes it: uakt still in the old field, any other coin in the new one. */
  private static DepositAuthorization authorization(Coin limit) {
    DepositAuthorization.Builder authorization =
        DepositAuthorization.newBuilder().addScopes(DepositAuthorization.Scope.deployment);
    if (limit.denom().equals(Coin.UAKT)) {
      return authorization.setSpendLimit(Coins.encode(limit)).build();
    }
    return authorization
        .setSpendLimit(Coins.encode(new Coin(limit.denom(), BigInteger.ZERO)))
        .addSpendLimits(Coins.encode(limit))
        .build();
  }

  private static ChainMessage decode(MsgGrant message) throws InvalidProtocolBufferException {
    Grant grant = message.getGrant();
    // The type URL is compared when the message is encoded again.
    DepositAuthorization authorization =
        DepositAuthorization.parseFrom(grant.getAuthorization().getValue());
    return new GrantDeposits(
        message.getGranter(),
        message.getGrantee(),
        Coins.decode(
            authorization.getSpendLimitsCount() == 0
                ? authorization.getSpendLimit()
                : authorization.getSpendLimits(0)),
        grant.hasExpiration() ? Optional.of(decode(grant.getExpiration())) : Optional.empty());
  }

  private static MsgGrantAllowance encode(GrantAllowance grant) {
    BasicAllowance.Builder allowance =
        BasicAllowance.newBuilder().addSpendLimit(Coins.encode(grant.limit()));
    grant.expiration().ifPresent(expiration -> allowance.setExpiration(encode(expiration)));
    return MsgGrantAllowance.newBuilder()
        .setGranter(grant.granter())
        .setGrantee(grant.grantee())
        .setAllowance(pack(allowance.build()))
        .build();
  }

  private static ChainMessage decode(MsgGrantAllowance message)
      throws InvalidProtocolBufferException {
    BasicAllowance allowance = BasicAllowance.parseFrom(message.getAllowance().getValue());
    if (allowance.getSpendLimitCount() == 0) {
      throw new IllegalArgumentException("fee allowance without a limit");
    }
    return new GrantAllowance(
        message.getGranter(),
        message.getGrantee(),
        Coins.decode(allowance.getSpendLimit(0)),
        allowance.hasExpiration()
            ? Optional.of(decode(allowance.getExpiration()))
            : Optional.empty());
  }

  private static ChainMessage decode(MsgRevokeAllowance message) {
    return new RevokeAllowance(message.getGranter(), message.getGrantee());
  }

  private static Deposit deposit(Coin amount) {
    return Deposit.newBuilder().setAmount(Coins.encode(amount)).addSources(Source.grant).build();
  }

  static DeploymentID encode(DeploymentId id) {
    return DeploymentID.newBuilder().setOwner(id.owner()).setDseq(checked(id).dseq()).build();
  }

  private static DeploymentId decode(DeploymentID id) {
    return new DeploymentId(id.getOwner(), id.getDseq());
  }

  private static BidID encode(BidId bid) {
    return BidID.newBuilder()
        .setOwner(bid.order().owner())
        .setDseq(checked(bid.deployment()).dseq())
        .setGseq(bid.order().gseq())
        .setOseq(bid.order().oseq())
        .setProvider(bid.provider())
        .setBseq(bid.bseq())
        .build();
  }

  static BidId decode(BidID bid) {
    return new BidId(
        new OrderId(bid.getOwner(), bid.getDseq(), bid.getGseq(), bid.getOseq()),
        bid.getProvider(),
        bid.getBseq());
  }

  /** A lease has the id of the bid it came from, in a message of its own. */
  private static LeaseID encodeLease(BidId lease) {
    return LeaseID.newBuilder()
        .setOwner(lease.order().owner())
        .setDseq(checked(lease.deployment()).dseq())
        .setGseq(lease.order().gseq())
        .setOseq(lease.order().oseq())
        .setProvider(lease.provider())
        .setBseq(lease.bseq())
        .build();
  }

  static BidId decode(LeaseID lease) {
    return new BidId(
        new OrderId(lease.getOwner(), lease.getDseq(), lease.getGseq(), lease.getOseq()),
        lease.getProvider(),
        lease.getBseq());
  }

  /** The chain refuses 0, and the official SDKs cannot carry 2^63 and more. */
  private static DeploymentId checked(DeploymentId id) {
    if (id.dseq() < 1) {
      throw new IllegalArgumentException("dseq " + id.dseq());
    }
    return id;
  }

  private static com.google.protobuf.Duration encode(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  static Duration decode(com.google.protobuf.Duration duration) {
    return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }

  static Timestamp encode(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  static Instant decode(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }

  static ByteString bytes(Bytes bytes) {
    return ByteString.copyFrom(bytes.toArray());
  }

  static Bytes bytes(ByteString bytes) {
    return Bytes.of(bytes.toByteArray());
  }
}
