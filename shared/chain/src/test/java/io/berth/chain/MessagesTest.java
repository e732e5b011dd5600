package io.berth.chain;

import static io.berth.chain.Vectors.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.berth.domain.Bytes;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.OrderId;
import io.berth.proto.akash.base.deposit.v1.Deposit;
import io.berth.proto.akash.base.deposit.v1.Source;
import io.berth.proto.akash.deployment.v1.DeploymentID;
import io.berth.proto.akash.deployment.v1beta4.MsgCloseDeployment;
import io.berth.proto.akash.escrow.v1.DepositAuthorization;
import io.berth.proto.akash.escrow.v1.MsgAccountDeposit;
import io.berth.proto.cosmos.authz.v1beta1.Grant;
import io.berth.proto.cosmos.authz.v1beta1.MsgGrant;
import io.berth.proto.cosmos.feegrant.v1beta1.BasicAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.MsgGrantAllowance;
import io.berth.sdl.group.Attribute;
import io.berth.sdl.group.Cpu;
import io.berth.sdl.group.Endpoint;
import io.berth.sdl.group.Gpu;
import io.berth.sdl.group.GroupSpec;
import io.berth.sdl.group.Memory;
import io.berth.sdl.group.PlacementRequirements;
import io.berth.sdl.group.Price;
import io.berth.sdl.group.ResourceUnit;
import io.berth.sdl.group.Resources;
import io.berth.sdl.group.SignedBy;
import io.berth.sdl.group.Storage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MessagesTest {
  private static final String FUNDER = "akash1qufa3xzrf34qvwyejkhvnc4psf49fftaw0asmh";
  private static final String OWNER = "akash1quxz9kcvqjqmwfugk5sfwmudfejxswdzjzzqjy";
  private static final String REBECCA = "akash1m39ftpyungq4ns94p8j7s7guj9zx7uvyx9ty8c";
  private static final DeploymentId DEPLOYMENT = new DeploymentId(OWNER, 20260101);

  @Test
  void writesADeploymentAsTheSdkDoes() {
    GroupSpec group =
        new GroupSpec(
            "akash",
            new PlacementRequirements(new SignedBy(List.of(), List.of()), List.of()),
            List.of(
                new ResourceUnit(
                    new Resources(
                        1,
                        new Cpu(BigInteger.valueOf(1000), List.of()),
                        new Memory(BigInteger.valueOf(1L << 30), List.of()),
                        List.of(new Storage("default", BigInteger.valueOf(1L << 30), List.of())),
                        new Gpu(BigInteger.ZERO, List.of()),
                        List.of(new Endpoint(Endpoint.Kind.SHARED_HTTP, 0))),
                    1,
                    new Price(Coin.UACT, BigDecimal.ONE))));
    assertThatMessage(
        new ChainMessage.CreateDeployment(
            new DeploymentId(REBECCA, 101),
            List.of(group),
            Bytes.ofHex("ad6d4877d34e1629006a80b307cb70edb5972b869fbaf3aaca816282d980f225"),
            Coin.uact(5_000_000),
            Optional.of(Duration.ofDays(1))),
        "create-deployment-reclamation");
  }

  @Test
  void writesAnUpdateAsTheSdkDoes() {
    assertThatMessage(
        new ChainMessage.UpdateDeployment(
            DEPLOYMENT,
            Bytes.ofHex("57c8395473b454fe8f73d2955cf58e97f34b0d7c1b059a407397f47cd48ce6a9")),
        "update-deployment");
  }

  @Test
  void writesALeaseAsTheSdkDoes() {
    assertThatMessage(
        new ChainMessage.CreateLease(
            new BidId(
                new OrderId(OWNER, 20260101, 1, 1),
                "akash1365yvmc4s7awdyj3n2sav7xfx76adc6dnmlx63",
                0)),
        "create-lease");
  }

  @Test
  void writesAClosedLeaseAsTheSdkDoes() {
    assertThatMessage(
        new ChainMessage.CloseLease(
            new BidId(
                new OrderId("akash16cgqjsu79jlkz22pkadsrn9ee9vjws97zv2e39", 77, 2, 3),
                "akash18qa2a2ltfyvkyj0ggj3hkvuj6twzyumuaru9s4",
                1)),
        "close-lease-reason-bseq");
  }

  @Test
  void writesARevokedCertificateAsTheSdkDoes() {
    assertThatMessage(
        new ChainMessage.RevokeCertificate(OWNER, "1795409409466000"), "revoke-certificate");
  }

  @Test
  void writesADepositGrantInUactAsConsoleDoes() {
    assertThatMessage(
        new ChainMessage.GrantDeposits(
            FUNDER,
            OWNER,
            Coin.uact(25_000_000),
            Optional.of(Instant.parse("2036-02-29T23:59:59.123Z"))),
        "authz-grant-deposit-uact");
  }

  @Test
  void writesADepositGrantInUaktAsConsoleDoes() {
    assertThatMessage(
        new ChainMessage.GrantDeposits(
            FUNDER,
            OWNER,
            Coin.uakt(10_000_000),
            Optional.of(Instant.parse("2036-01-01T00:00:00Z"))),
        "authz-grant-deposit-uakt");
  }

  @Test
  void writesAFeeAllowanceAsTheSdkDoes() {
    assertThatMessage(
        new ChainMessage.GrantAllowance(
            FUNDER,
            OWNER,
            Coin.uakt(100_000),
            Optional.of(Instant.parse("2027-06-30T12:00:00.500Z"))),
        "feegrant-basic");
  }

  @Test
  void writesARevokedAllowanceAsTheSdkDoes() {
    assertThatMessage(new ChainMessage.RevokeAllowance(FUNDER, OWNER), "feegrant-revoke");
  }

  @Test
  void depositsComeFromTheGrantOnly() throws Exception {
    ChainMessage.AccountDeposit deposit =
        new ChainMessage.AccountDeposit(OWNER, DEPLOYMENT, Coin.uact(2_500_000));
    MsgAccountDeposit encoded = MsgAccountDeposit.parseFrom(Messages.encode(deposit).getValue());
    assertThat(encoded.getId().getXid()).isEqualTo(OWNER + "/20260101");
    assertThat(encoded.getDeposit().getSourcesList()).containsExactly(Source.grant);

    MsgAccountDeposit ownMoney =
        encoded.toBuilder()
            .setDeposit(
                Deposit.newBuilder(encoded.getDeposit()).clearSources().addSources(Source.balance))
            .build();
    assertThatRefused(Messages.pack(ownMoney));
  }

  @Test
  void aGroupComesBackAsItWasSent() throws Exception {
    GroupSpec group =
        new GroupSpec(
            "dcloud",
            new PlacementRequirements(
                new SignedBy(List.of(FUNDER), List.of(OWNER, REBECCA)),
                List.of(new Attribute("region", "eu-west"))),
            List.of(
                new ResourceUnit(
                    new Resources(
                        7,
                        new Cpu(BigInteger.valueOf(500), List.of(new Attribute("arch", "arm64"))),
                        new Memory(BigInteger.TWO.pow(80), List.of(new Attribute("a", "b"))),
                        List.of(
                            new Storage("z", BigInteger.ONE, List.of(new Attribute("class", "x"))),
                            new Storage("a", BigInteger.TEN, List.of())),
                        new Gpu(BigInteger.ONE, List.of(new Attribute("vendor/nvidia", "true"))),
                        List.of(
                            new Endpoint(Endpoint.Kind.RANDOM_PORT, 0),
                            new Endpoint(Endpoint.Kind.LEASED_IP, 4))),
                    3,
                    new Price(Coin.UACT, new BigDecimal("0.000000000000000001")))));
    assertThat(Groups.decode(Groups.encode(group))).isEqualTo(group);
  }

  @Test
  void refusesAMessageItDoesNotKnow() {
    assertThatRefused(Any.newBuilder().setTypeUrl("/cosmos.bank.v1beta1.MsgSend").build());
    assertThatRefused(Any.getDefaultInstance());
  }

  @Test
  void refusesAnUnknownField() {
    UnknownFieldSet extra =
        UnknownFieldSet.newBuilder()
            .addField(9, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    DeploymentID id = DeploymentID.newBuilder().setOwner(OWNER).setDseq(1).build();
    MsgCloseDeployment plain = MsgCloseDeployment.newBuilder().setId(id).build();
    assertThat(Messages.decode(Messages.pack(plain))).isInstanceOf(DecodedMessage.Known.class);
    assertThatRefused(Messages.pack(plain.toBuilder().setUnknownFields(extra).build()));
    assertThatRefused(
        Messages.pack(plain.toBuilder().setId(id.toBuilder().setUnknownFields(extra)).build()));
  }

  @Test
  void refusesBytesThatAreNoMessage() {
    for (String type :
        List.of(
            "/akash.deployment.v1beta4.MsgCreateDeployment",
            "/akash.market.v1beta5.MsgCreateLease",
            "/akash.escrow.v1.MsgAccountDeposit",
            "/cosmos.authz.v1beta1.MsgGrant",
            "/cosmos.feegrant.v1beta1.MsgGrantAllowance")) {
      assertThatRefused(
          Any.newBuilder()
              .setTypeUrl(type)
              .setValue(ByteString.copyFrom(new byte[] {(byte) 0xff, 1, 2}))
              .build());
      assertThatRefused(Any.newBuilder().setTypeUrl(type).build());
    }
  }

  @Test
  void refusesAnotherKindOfAuthorizationInAGrant() throws Exception {
    MsgGrant grant =
        MsgGrant.parseFrom(
            Messages.encode(
                    new ChainMessage.GrantDeposits(FUNDER, OWNER, Coin.uact(1), Optional.empty()))
                .getValue());
    Any authorization = grant.getGrant().getAuthorization();
    Any generic =
        authorization.toBuilder().setTypeUrl("/cosmos.authz.v1beta1.GenericAuthorization").build();
    assertThatRefused(withAuthorization(grant, generic));

    DepositAuthorization bidsToo =
        DepositAuthorization.parseFrom(authorization.getValue()).toBuilder()
            .addScopes(DepositAuthorization.Scope.bid)
            .build();
    assertThatRefused(withAuthorization(grant, Messages.pack(bidsToo)));
  }

  @Test
  void refusesAnUnlimitedFeeAllowance() {
    assertThatRefused(
        Messages.pack(
            MsgGrantAllowance.newBuilder()
                .setGranter(FUNDER)
                .setGrantee(OWNER)
                .setAllowance(Messages.pack(BasicAllowance.getDefaultInstance()))
                .build()));
  }

  @Test
  void refusesANegativeAmount() throws Exception {
    MsgAccountDeposit deposit =
        MsgAccountDeposit.parseFrom(
            Messages.encode(new ChainMessage.AccountDeposit(OWNER, DEPLOYMENT, Coin.uact(5)))
                .getValue());
    assertThatRefused(
        Messages.pack(
            deposit.toBuilder()
                .setDeposit(
                    deposit.getDeposit().toBuilder()
                        .setAmount(deposit.getDeposit().getAmount().toBuilder().setAmount("-5")))
                .build()));
  }

  @Test
  void refusesADseqOutsideTheRangeOfTheSdks() {
    assertThatThrownBy(
            () -> Messages.encode(new ChainMessage.CloseDeployment(new DeploymentId(OWNER, 0))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatRefused(
        Messages.pack(
            MsgCloseDeployment.newBuilder()
                .setId(DeploymentID.newBuilder().setOwner(OWNER).setDseq(Long.MIN_VALUE))
                .build()));
  }

  private static Any withAuthorization(MsgGrant grant, Any authorization) {
    return Messages.pack(
        grant.toBuilder().setGrant(Grant.newBuilder().setAuthorization(authorization)).build());
  }

  private static void assertThatRefused(Any encoded) {
    assertThat(Messages.decode(encoded)).isInstanceOf(DecodedMessage.Refused.class);
  }

  private static void assertThatMessage(ChainMessage message, String vector) {
    JsonNode expected = Vectors.transaction(vector).get("messages").get(0);
    Any encoded = Messages.encode(message);
    assertThat(HexFormat.of().formatHex(encoded.toByteArray()))
        .isEqualTo(text(expected, "any_hex"));
    assertThat(encoded.getTypeUrl()).isEqualTo(message.typeUrl());
    assertThat(Messages.decode(encoded)).isEqualTo(new DecodedMessage.Known(message));
  }
}
