package io.berth.domain.provider;

import io.berth.domain.SideBySide;
import io.berth.domain.akash.ProviderProfile;
import io.berth.domain.akash.SignedAttributes;
import io.berth.sdl.group.Attribute;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The providers of the chain, read whole and kept for a while: they change rarely. */
public final class ProviderCatalog {
  /** How old an answer may be. */
  public static final Duration KEPT = Duration.ofSeconds(60);

  private final ProviderRegister register;
  private final List<String> auditors;
  private final InstantSource clock;
  private Catalog catalog = new Catalog(Instant.MIN, Map.of());

  /**
   * @param auditors whose signatures make a provider audited; empty for anyone's
   */
  public ProviderCatalog(ProviderRegister register, List<String> auditors, InstantSource clock) {
    this.register = register;
    this.auditors = List.copyOf(auditors);
    this.clock = clock;
  }

  /**
   * A provider, and who vouches for it.
   *
   * @param isAudited whether an auditor that counts has signed anything of it
   */
  public record Entry(ProviderProfile profile, List<Vouched> attributes, boolean isAudited) {
    public Entry {
      attributes = List.copyOf(attributes);
    }
  }

  /** An attribute, and the auditors that have signed it with this very value. */
  public record Vouched(Attribute attribute, List<String> auditedBy) {
    public Vouched {
      auditedBy = List.copyOf(auditedBy);
    }
  }

  private record Catalog(Instant readAt, Map<String, Entry> byOwner) {}

  /** All providers, in the chain's order. */
  public List<Entry> all() {
    return List.copyOf(current().byOwner().values());
  }

  /** The provider of this address. */
  public Optional<Entry> find(String owner) {
    return Optional.ofNullable(current().byOwner().get(owner));
  }

  private synchronized Catalog current() {
    Instant now = clock.instant();
    if (catalog.readAt().isBefore(now.minus(KEPT))) {
      catalog = new Catalog(now, read());
    }
    return catalog;
  }

  private Map<String, Entry> read() {
    List<Supplier<List<?>>> reads = List.of(register::providers, register::signedAttributes);
    List<List<?>> read = SideBySide.map(reads, Supplier::get);
    Map<String, List<SignedAttributes>> signed =
        read.get(1).stream()
            .map(SignedAttributes.class::cast)
            .collect(Collectors.groupingBy(SignedAttributes::provider));
    Map<String, Entry> byOwner = new LinkedHashMap<>();
    read.get(0).stream()
        .map(ProviderProfile.class::cast)
        .forEach(
            profile -> {
              String owner = profile.provider().owner();
              byOwner.put(owner, entry(profile, signed.getOrDefault(owner, List.of())));
            });
    return byOwner;
  }

  private Entry entry(ProviderProfile profile, List<SignedAttributes> signed) {
    List<Vouched> attributes =
        profile.provider().attributes().stream()
            .map(
                attribute ->
                    new Vouched(
                        attribute,
                        signed.stream()
                            .filter(each -> each.attributes().contains(attribute))
                            .map(SignedAttributes::auditor)
                            .toList()))
            .toList();
    boolean isAudited =
        signed.stream().anyMatch(each -> auditors.isEmpty() || auditors.contains(each.auditor()));
    return new Entry(profile, attributes, isAudited);
  }
}
