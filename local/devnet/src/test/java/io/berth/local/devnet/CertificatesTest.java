package io.berth.local.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.berth.proto.akash.cert.v1.Certificate;
import io.berth.proto.akash.cert.v1.CertificateFilter;
import io.berth.proto.akash.cert.v1.CertificateResponse;
import io.berth.proto.akash.cert.v1.ID;
import io.berth.proto.akash.cert.v1.MsgCreateCertificate;
import io.berth.proto.akash.cert.v1.MsgRevokeCertificate;
import io.berth.proto.akash.cert.v1.QueryCertificatesRequest;
import io.berth.proto.akash.cert.v1.QueryCertificatesResponse;
import io.berth.proto.akash.cert.v1.QueryGrpc;
import io.berth.proto.cosmos.base.abci.v1beta1.TxResponse;
import io.berth.wallet.WalletKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Certificates on chain, with those that the official SDKs made (fixtures/cert). */
class CertificatesTest {

  // Public: the first account of the fixtures' mnemonic test-12-a, which owns the certificates.
  private final WalletKey owner =
      WalletKey.of(
          HexFormat.of()
              .parseHex("ef72833f47d96e024d3e45712eb97cb18ec9006ee19326e4ce99f778320a773a"));
  private final TestNet net = new TestNet();

  @BeforeEach
  void fundTheOwner() {
    net.devnet.add(Genesis.builder().account(owner.address(), 1_000_000, 0).build());
    net.block();
  }

  @AfterEach
  void stop() {
    net.close();
  }

  private static JsonNode fixtures() {
    try (InputStream in =
        CertificatesTest.class.getResourceAsStream("/fixtures/cert/certificates.json")) {
      return JsonMapper.shared().readTree(in).get("certificates");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode fixture(String id) {
    for (JsonNode one : fixtures()) {
      if (one.get("id").asString().equals(id)) {
        return one;
      }
    }
    throw new IllegalArgumentException(id);
  }

  private MsgCreateCertificate.Builder create(String id) {
    JsonNode pem = fixture(id).get("pem");
    return MsgCreateCertificate.newBuilder()
        .setOwner(owner.address())
        .setCert(ByteString.copyFromUtf8(pem.get("cert").asString()))
        .setPubkey(ByteString.copyFromUtf8(pem.get("public_key").asString()));
  }

  private MsgRevokeCertificate revoke(String serial) {
    return MsgRevokeCertificate.newBuilder()
        .setId(ID.newBuilder().setOwner(owner.address()).setSerial(serial))
        .build();
  }

  private QueryCertificatesResponse query(CertificateFilter.Builder filter) {
    return QueryGrpc.newBlockingStub(net.channel)
        .certificates(
            QueryCertificatesRequest.newBuilder()
                .setFilter(filter.setOwner(owner.address()))
                .build());
  }

  private void refuses(Message message, int code) {
    TxResponse response = net.run(owner, message);
    assertThat(response.getCodespace() + "/" + response.getCode())
        .as(response.getRawLog())
        .isEqualTo("cert/" + code);
  }

  @Test
  void keepsTheCertificatesOfAllOfficialSdks() {
    Genesis.Builder all = Genesis.builder();
    for (JsonNode one : fixtures()) {
      JsonNode pem = one.get("pem");
      all.certificate(
          one.get("owner_address").asString(),
          pem.get("cert").asString(),
          pem.get("public_key").asString());
    }
    net.devnet.add(all.build());
    net.block();

    List<String> serials = new ArrayList<>();
    fixtures().forEach(one -> serials.add(one.get("decoded").get("serial_decimal").asString()));
    assertThat(
            QueryGrpc.newBlockingStub(net.channel)
                .certificates(QueryCertificatesRequest.getDefaultInstance())
                .getCertificatesList())
        .allMatch(one -> one.getCertificate().getState() == Certificate.State.valid)
        .extracting(CertificateResponse::getSerial)
        .containsExactlyInAnyOrderElementsOf(serials);
  }

  @Test
  void findsBySerialWhatWasSent() {
    net.succeed(owner, create("npm-alpha25-default-rules").build());

    var found =
        query(CertificateFilter.newBuilder().setSerial("1795409424933000").setState("valid"));

    assertThat(found.getCertificatesList()).hasSize(1);
    assertThat(found.getCertificates(0).getCertificate().getCert())
        .isEqualTo(create("npm-alpha25-default-rules").getCert());
  }

  @Test
  void revokesOnce() {
    net.succeed(owner, create("akashjs-default-rules").build());
    net.succeed(owner, revoke("1795409425091000"));

    assertThat(query(CertificateFilter.newBuilder().setState("valid")).getCertificatesList())
        .isEmpty();
    assertThat(query(CertificateFilter.newBuilder().setState("revoked")).getCertificatesList())
        .hasSize(1);
    refuses(revoke("1795409425091000"), 4);
  }

  @Test
  void refusesASerialThatWasUsed() {
    net.succeed(owner, create("git-default-rules").build());

    refuses(create("git-default-rules").build(), 3);
  }

  @Test
  void refusesToRevokeWhatIsNotThere() {
    refuses(revoke("2"), 1);
  }

  @Test
  void refusesASerialThatIsNoNumber() {
    refuses(revoke("x"), 5);
  }

  @Test
  void refusesTheCertificateOfAnotherOwner() {
    TxResponse response =
        net.run(net.funder, create("git-default-rules").setOwner(net.funder.address()).build());

    assertThat(response.getCodespace() + "/" + response.getCode()).isEqualTo("cert/6");
  }

  @Test
  void refusesAnythingAfterTheCertificate() {
    MsgCreateCertificate.Builder message = create("git-default-rules");

    refuses(message.setCert(message.getCert().concat(message.getCert())).build(), 6);
  }

  @Test
  void refusesAKeyUnderTheUsualLabel() {
    MsgCreateCertificate.Builder message = create("git-default-rules");
    String usual = message.getPubkey().toStringUtf8().replace("EC PUBLIC KEY", "PUBLIC KEY");

    refuses(message.setPubkey(ByteString.copyFromUtf8(usual)).build(), 7);
  }

  @Test
  void refusesAKeyThatDidNotSignTheCertificate() {
    refuses(
        create("git-default-rules").setPubkey(create("git-generalized-time").getPubkey()).build(),
        6);
  }
}
