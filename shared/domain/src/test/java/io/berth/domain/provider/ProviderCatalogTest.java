package io.berth.domain.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.akash.Provider;
import io.berth.domain.akash.ProviderProfile;
import io.berth.domain.akash.SignedAttributes;
import io.berth.domain.provider.ProviderCatalog.Entry;
import io.berth.domain.provider.ProviderCatalog.Vouched;
import io.berth.sdl.group.Attribute;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProviderCatalogTest {
  private static final Attribute REGION = new Attribute("region", "eu");
  private static final Attribute TIER = new Attribute("tier", "gold");

  private final List<ProviderProfile> providers = new ArrayList<>();
  private final List<SignedAttributes> signed = new ArrayList<>();
  private final AtomicInteger reads = new AtomicInteger();
  private Instant now = Instant.EPOCH;

  private ProviderCatalog catalog(String... auditors) {
    return new ProviderCatalog(
        new ProviderRegister() {
          @Override
          public List<ProviderProfile> providers() {
            reads.incrementAndGet();
            return List.copyOf(providers);
          }

          @Override
          public List<SignedAttributes> signedAttributes() {
            return List.copyOf(signed);
          }
        },
        List.of(auditors),
        () -> now);
  }

  private void has(String owner, Attribute... attributes) {
    providers.add(
        new ProviderProfile(
            new Provider(owner, "https://" + owner + ":8443", List.of(attributes)), "", ""));
  }

  @Test
  void saysOfEachAttributeWhoHasSignedItWithThisVeryValue() {
    has("alder", REGION, TIER);
    has("birch", REGION);
    signed.add(new SignedAttributes("alder", "ann", List.of(REGION, new Attribute("tier", "tin"))));
    signed.add(new SignedAttributes("alder", "bob", List.of(REGION)));
    ProviderCatalog catalog = catalog("ann");

    assertThat(catalog.find("alder").orElseThrow().attributes())
        .containsExactly(new Vouched(REGION, List.of("ann", "bob")), new Vouched(TIER, List.of()));
    assertThat(catalog.all()).extracting(Entry::isAudited).containsExactly(true, false);
    assertThat(catalog("carl").find("alder").orElseThrow().isAudited()).isFalse();
    assertThat(catalog().find("alder").orElseThrow().isAudited()).isTrue();
    assertThat(catalog.find("cedar")).isEmpty();
  }

  @Test
  void readsTheChainAgainOnlyWhenWhatItKnowsIsOld() {
    has("alder");
    ProviderCatalog catalog = catalog();
    catalog.all();
    has("birch");
    now = now.plus(ProviderCatalog.KEPT);
    assertThat(catalog.all()).hasSize(1);
    now = now.plus(Duration.ofMillis(1));
    assertThat(catalog.all()).hasSize(2);
    assertThat(reads).hasValue(2);
  }
}
