package io.berth.local.providers;

import com.google.protobuf.ByteString;
import io.berth.domain.akash.Block;
import io.berth.local.providers.chain.Node;
import io.berth.local.providers.chain.Outbox;
import io.berth.local.providers.gateway.ServerCertificate;
import io.berth.proto.akash.base.attributes.v1.Attribute;
import io.berth.proto.akash.cert.v1.ID;
import io.berth.proto.akash.cert.v1.MsgCreateCertificate;
import io.berth.proto.akash.cert.v1.MsgRevokeCertificate;
import io.berth.proto.akash.provider.v1beta4.MsgCreateProvider;
import io.berth.proto.akash.provider.v1beta4.MsgUpdateProvider;
import io.berth.proto.akash.provider.v1beta4.Provider;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Brings what a provider must have on the chain there: its record and its certificate. */
final class Registration {
  private static final Comparator<Attribute> BY_KEY = Comparator.comparing(Attribute::getKey);

  private final ProviderConfig config;
  private final Node node;
  private final Outbox outbox;
  private String hostUri;
  private ServerCertificate certificate;
  private final Supplier<Persona> persona;

  Registration(
      ProviderConfig config,
      Node node,
      Outbox outbox,
      String hostUri,
      ServerCertificate certificate,
      Supplier<Persona> persona) {
    this.config = config;
    this.node = node;
    this.outbox = outbox;
    this.hostUri = hostUri;
    this.certificate = certificate;
    this.persona = persona;
  }

  /** Shall be recorded at this URI. */
  void moveTo(String newHostUri) {
    hostUri = newHostUri;
  }

  /** Shall publish this certificate. Others stay as they are. */
  void renew(ServerCertificate next) {
    certificate = next;
  }

  /** Sends what is missing. Returns whether everything is in its place. */
  boolean onBlock(Block block) {
    boolean recorded = hasRecord(block);
    boolean certified =
        persona.get() == Persona.REVOKED_CERTIFICATE
            ? hasRevokedCertificate(block)
            : hasCertificate(block);
    return recorded && certified;
  }

  private boolean hasRevokedCertificate(Block block) {
    if (!node.certificates(config.address()).contains(certificate.pem())) {
      return true;
    }
    outbox.send(
        MsgRevokeCertificate.newBuilder()
            .setId(
                ID.newBuilder()
                    .setOwner(config.address())
                    .setSerial(certificate.certificate().getSerialNumber().toString()))
            .build(),
        block);
    return false;
  }

  private boolean hasRecord(Block block) {
    Optional<Provider> record = node.provider(config.address());
    if (record.isEmpty()) {
      outbox.send(
          MsgCreateProvider.newBuilder()
              .setOwner(config.address())
              .setHostUri(hostUri)
              .addAllAttributes(attributes())
              .build(),
          block);
      return false;
    }
    if (!isCurrent(record.get())) {
      outbox.send(
          MsgUpdateProvider.newBuilder()
              .setOwner(config.address())
              .setHostUri(hostUri)
              .addAllAttributes(attributes())
              .setInfo(record.get().getInfo())
              .build(),
          block);
      return false;
    }
    return true;
  }

  private boolean isCurrent(Provider record) {
    return record.getHostUri().equals(hostUri)
        && record.getAttributesList().stream().sorted(BY_KEY).toList().equals(attributes());
  }

  private List<Attribute> attributes() {
    return config.attributes().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            attribute ->
                Attribute.newBuilder()
                    .setKey(attribute.getKey())
                    .setValue(attribute.getValue())
                    .build())
        .toList();
  }

  private boolean hasCertificate(Block block) {
    if (node.certificates(config.address()).contains(certificate.pem())) {
      return true;
    }
    outbox.send(
        MsgCreateCertificate.newBuilder()
            .setOwner(config.address())
            .setCert(ByteString.copyFromUtf8(certificate.pem()))
            .setPubkey(ByteString.copyFromUtf8(certificate.publicKeyPem()))
            .build(),
        block);
    return false;
  }
}
