package io.berth.local.devnet;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.berth.local.devnet.modules.Coins;
import io.berth.local.devnet.modules.Packed;
import io.berth.proto.akash.audit.v1.MsgSignProviderAttributes;
import io.berth.proto.akash.base.attributes.v1.Attribute;
import io.berth.proto.akash.cert.v1.MsgCreateCertificate;
import io.berth.proto.akash.escrow.v1.DepositAuthorization;
import io.berth.proto.akash.provider.v1beta4.MsgCreateProvider;
import io.berth.proto.cosmos.authz.v1beta1.Grant;
import io.berth.proto.cosmos.authz.v1beta1.MsgGrant;
import io.berth.proto.cosmos.base.v1beta1.Coin;
import io.berth.proto.cosmos.feegrant.v1beta1.BasicAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.MsgGrantAllowance;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a chain starts from, or is given later: coins out of nothing, and the effects of messages
 * without their fees and signatures.
 *
 * @param balances coins per address; each address gets an account
 * @param messages messages to apply after that, in order
 */
public record Genesis(Map<String, List<Coin>> balances, List<Message> messages) {

  public Genesis {
    balances = Collections.unmodifiableMap(new LinkedHashMap<>(balances));
    messages = List.copyOf(messages);
  }

  /** Nothing. */
  public static Genesis empty() {
    return new Genesis(Map.of(), List.of());
  }

  /** Starts to put one together. */
  public static Builder builder() {
    return new Builder();
  }

  /** Puts a genesis together. */
  public static final class Builder {

    private final Map<String, List<Coin>> balances = new LinkedHashMap<>();
    private final List<Message> messages = new ArrayList<>();

    private Builder() {}

    /** An account with uakt (for gas) and uact (for deposits). */
    public Builder account(String address, long uakt, long uact) {
      List<Coin> coins = balances.computeIfAbsent(address, one -> new ArrayList<>());
      if (uakt > 0) {
        coins.add(Coins.coin(Coins.UAKT, uakt));
      }
      if (uact > 0) {
        coins.add(Coins.coin(Coins.UACT, uact));
      }
      return this;
    }

    /** A provider with its account, which has coins enough to bid for a long time. */
    public Builder provider(String address, String hostUri, Map<String, String> attributes) {
      account(address, 1_000_000_000_000L, 1_000_000_000_000L);
      return message(
          MsgCreateProvider.newBuilder()
              .setOwner(address)
              .setHostUri(hostUri)
              .addAllAttributes(attributes(attributes))
              .build());
    }

    /** Attributes of a provider that an auditor signed. */
    public Builder audit(String auditor, String provider, Map<String, String> attributes) {
      return message(
          MsgSignProviderAttributes.newBuilder()
              .setAuditor(auditor)
              .setOwner(provider)
              .addAllAttributes(attributes(attributes))
              .build());
    }

    /** A valid certificate: PEM texts as MsgCreateCertificate takes them. */
    public Builder certificate(String owner, String certificatePem, String publicKeyPem) {
      return message(
          MsgCreateCertificate.newBuilder()
              .setOwner(owner)
              .setCert(ByteString.copyFrom(certificatePem, StandardCharsets.UTF_8))
              .setPubkey(ByteString.copyFrom(publicKeyPem, StandardCharsets.UTF_8))
              .build());
    }

    /** An allowance for fees up to an amount of uakt. */
    public Builder feeAllowance(
        String granter, String grantee, long uakt, Optional<Instant> expiration) {
      BasicAllowance.Builder allowance =
          BasicAllowance.newBuilder().addSpendLimit(Coins.coin(Coins.UAKT, uakt));
      expiration.ifPresent(time -> allowance.setExpiration(timestamp(time)));
      return message(
          MsgGrantAllowance.newBuilder()
              .setGranter(granter)
              .setGrantee(grantee)
              .setAllowance(Packed.any(allowance.build()))
              .build());
    }

    /** An authorization to deposit up to an amount of uact into deployments. */
    public Builder depositGrant(
        String granter, String grantee, long uact, Optional<Instant> expiration) {
      DepositAuthorization authorization =
          DepositAuthorization.newBuilder()
              .addScopes(DepositAuthorization.Scope.deployment)
              .addSpendLimits(Coins.coin(Coins.UACT, uact))
              .build();
      Grant.Builder grant = Grant.newBuilder().setAuthorization(Packed.any(authorization));
      expiration.ifPresent(time -> grant.setExpiration(timestamp(time)));
      return message(
          MsgGrant.newBuilder().setGranter(granter).setGrantee(grantee).setGrant(grant).build());
    }

    /** The effect of any message that the chain serves. */
    public Builder message(Message message) {
      messages.add(message);
      return this;
    }

    public Genesis build() {
      return new Genesis(balances, messages);
    }

    private static List<Attribute> attributes(Map<String, String> attributes) {
      return attributes.entrySet().stream()
          .map(
              entry ->
                  Attribute.newBuilder().setKey(entry.getKey()).setValue(entry.getValue()).build())
          .toList();
    }

    private static Timestamp timestamp(Instant time) {
      return Timestamp.newBuilder()
          .setSeconds(time.getEpochSecond())
          .setNanos(time.getNano())
          .build();
    }
  }
}
