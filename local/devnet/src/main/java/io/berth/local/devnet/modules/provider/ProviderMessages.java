package io.berth.local.devnet.modules.provider;

import io.berth.local.devnet.modules.Addresses;
import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.modules.ErrorCode;
import io.berth.local.devnet.modules.Router;
import io.berth.proto.akash.audit.v1.AuditedProvider;
import io.berth.proto.akash.audit.v1.MsgDeleteProviderAttributes;
import io.berth.proto.akash.audit.v1.MsgDeleteProviderAttributesResponse;
import io.berth.proto.akash.audit.v1.MsgSignProviderAttributes;
import io.berth.proto.akash.audit.v1.MsgSignProviderAttributesResponse;
import io.berth.proto.akash.base.attributes.v1.Attribute;
import io.berth.proto.akash.provider.v1beta4.MsgCreateProvider;
import io.berth.proto.akash.provider.v1beta4.MsgCreateProviderResponse;
import io.berth.proto.akash.provider.v1beta4.MsgUpdateProvider;
import io.berth.proto.akash.provider.v1beta4.MsgUpdateProviderResponse;
import io.berth.proto.akash.provider.v1beta4.Provider;
import io.grpc.Status;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.TreeMap;

/** Handles {@code akash.provider.v1beta4} and {@code akash.audit.v1} messages. */
public final class ProviderMessages {

  private static final ErrorCode INVALID_URI =
      new ErrorCode("provider", 1, "invalid provider: invalid host uri");
  private static final ErrorCode NOT_ABSOLUTE_URI =
      new ErrorCode("provider", 2, "invalid provider: not absolute host uri");
  static final ErrorCode NOT_FOUND =
      new ErrorCode("provider", 3, Status.Code.NOT_FOUND, "invalid provider: address not found");
  private static final ErrorCode EXISTS =
      new ErrorCode("provider", 4, "invalid provider: already exists");
  private static final ErrorCode INVALID_ATTRIBUTE =
      new ErrorCode("akash", 2, "attribute key does not match regexp");
  private static final ErrorCode DUPLICATE_ATTRIBUTE =
      new ErrorCode("akash", 1, "attributes cannot have duplicate keys");
  static final ErrorCode AUDIT_NOT_FOUND =
      new ErrorCode("audit", 1, Status.Code.NOT_FOUND, "invalid provider: address not found");

  private final ProviderKeeper providers;

  public ProviderMessages(ProviderKeeper providers) {
    this.providers = providers;
  }

  public void register(Router router) {
    router
        .on(
            MsgCreateProvider.getDefaultInstance(),
            MsgCreateProviderResponse.getDefaultInstance(),
            MsgCreateProvider::getOwner,
            message -> check(message.getOwner(), message.getHostUri(), message.getAttributesList()),
            this::create)
        .on(
            MsgUpdateProvider.getDefaultInstance(),
            MsgUpdateProviderResponse.getDefaultInstance(),
            MsgUpdateProvider::getOwner,
            message -> check(message.getOwner(), message.getHostUri(), message.getAttributesList()),
            this::update)
        .on(
            MsgSignProviderAttributes.getDefaultInstance(),
            MsgSignProviderAttributesResponse.getDefaultInstance(),
            MsgSignProviderAttributes::getAuditor,
            message -> checkAttributes(message.getAttributesList()),
            this::sign)
        .on(
            MsgDeleteProviderAttributes.getDefaultInstance(),
            MsgDeleteProviderAttributesResponse.getDefaultInstance(),
            MsgDeleteProviderAttributes::getAuditor,
            message -> {},
            this::unsign);
  }

  private static void check(String owner, String hostUri, List<Attribute> attributes) {
    Addresses.require(owner, "invalid provider address");
    checkUri(hostUri);
    checkAttributes(attributes);
  }

  private static void checkUri(String hostUri) {
    URI uri;
    try {
      uri = new URI(hostUri);
    } catch (URISyntaxException e) {
      throw INVALID_URI.because(hostUri);
    }
    if (!uri.isAbsolute()) {
      throw NOT_ABSOLUTE_URI.because(hostUri);
    }
    if (uri.getHost() == null || (uri.getPath() != null && !uri.getPath().isEmpty())) {
      throw INVALID_URI.because(hostUri);
    }
  }

  private static void checkAttributes(List<Attribute> attributes) {
    if (attributes.stream().anyMatch(attribute -> !isKey(attribute.getKey()))) {
      throw INVALID_ATTRIBUTE.refuse();
    }
    if (attributes.stream().map(Attribute::getKey).distinct().count() != attributes.size()) {
      throw DUPLICATE_ATTRIBUTE.refuse();
    }
  }

  private static boolean isKey(String key) {
    return key.matches("[a-zA-Z][\\w/.\\-]{1,126}");
  }

  private void create(Context context, MsgCreateProvider message) {
    if (providers.provider(context, message.getOwner()).isPresent()) {
      throw EXISTS.refuse();
    }
    providers.save(
        context,
        Provider.newBuilder()
            .setOwner(message.getOwner())
            .setHostUri(message.getHostUri())
            .addAllAttributes(message.getAttributesList())
            .setInfo(message.getInfo())
            .build());
  }

  private void update(Context context, MsgUpdateProvider message) {
    Provider before =
        providers.provider(context, message.getOwner()).orElseThrow(NOT_FOUND::refuse);
    providers.save(
        context,
        before.toBuilder()
            .setHostUri(message.getHostUri())
            .clearAttributes()
            .addAllAttributes(message.getAttributesList())
            .setInfo(message.getInfo())
            .build());
  }

  /** Adds attributes to what the auditor signed before; a key signed again gets the new value. */
  private void sign(Context context, MsgSignProviderAttributes message) {
    TreeMap<String, Attribute> attributes = new TreeMap<>();
    signed(context, message.getOwner(), message.getAuditor())
        .forEach(attribute -> attributes.put(attribute.getKey(), attribute));
    message.getAttributesList().forEach(attribute -> attributes.put(attribute.getKey(), attribute));
    save(context, message.getOwner(), message.getAuditor(), List.copyOf(attributes.values()));
  }

  private void unsign(Context context, MsgDeleteProviderAttributes message) {
    List<Attribute> before = signed(context, message.getOwner(), message.getAuditor());
    if (before.isEmpty()) {
      throw AUDIT_NOT_FOUND.refuse();
    }
    List<Attribute> left =
        message.getKeysList().isEmpty()
            ? List.of()
            : before.stream()
                .filter(attribute -> !message.getKeysList().contains(attribute.getKey()))
                .toList();
    save(context, message.getOwner(), message.getAuditor(), left);
  }

  private List<Attribute> signed(Context context, String owner, String auditor) {
    return providers.audited(context, owner).stream()
        .filter(audited -> audited.getAuditor().equals(auditor))
        .flatMap(audited -> audited.getAttributesList().stream())
        .toList();
  }

  private void save(Context context, String owner, String auditor, List<Attribute> attributes) {
    if (attributes.isEmpty()) {
      providers.deleteAudit(context, owner, auditor);
      return;
    }
    providers.saveAudit(
        context,
        AuditedProvider.newBuilder()
            .setOwner(owner)
            .setAuditor(auditor)
            .addAllAttributes(attributes)
            .build());
  }
}
