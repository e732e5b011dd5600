package io.berth.local.devnet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OverlayTest {

  private static final Instant TIME = Instant.parse("2026-11-23T08:00:00Z");

  private static Version version(String... keys) {
    Overlay changes = new Overlay(Version.empty(TIME));
    for (String key : keys) {
      changes.set(key, StringValue.of(key));
    }
    return Version.empty(TIME).next(TIME, changes);
  }

  @Test
  void showsItsChangesOverWhatIsBelow() {
    Overlay overlay = new Overlay(version("a/1", "a/2", "b/1"));
    overlay.set("a/3", StringValue.of("new"));
    overlay.delete("a/1");

    assertThat(overlay.scan("a/").keySet()).containsExactly("a/2", "a/3");
    assertThat(overlay.get("a/1")).isEmpty();
    assertThat(overlay.get("b/1")).contains(StringValue.of("b/1"));
  }

  @Test
  void leavesWhatIsBelowAloneUntilItIsWrittenThrough() {
    Overlay below = new Overlay(version("a/1"));
    Overlay above = new Overlay(below);
    above.delete("a/1");
    above.set("a/2", StringValue.of("two"));

    assertThat(below.isEmpty()).isTrue();
    above.writeTo(below);
    assertThat(below.scan("a/").keySet()).containsExactly("a/2");
  }

  @Test
  void aNewVersionDoesNotChangeTheOldOne() {
    Version old = version("a/1");
    Overlay changes = new Overlay(old);
    changes.delete("a/1");

    Version next = old.next(TIME.plusSeconds(1), changes);

    assertThat(next.height()).isEqualTo(old.height() + 1);
    assertThat(next.get("a/1")).isEmpty();
    assertThat(old.get("a/1")).isPresent();
  }

  @Test
  void aVersionThatChangedNothingSharesTheState() {
    Version old = version("a/1");

    assertThat(old.next(TIME, new Overlay(old)).entries().equals(old.entries())).isTrue();
  }

  @Test
  void chargesReadsAndWritesByTheByte() {
    GasMeter gas = new GasMeter(GasMeter.UNLIMITED);
    MeteredStore store = new MeteredStore(new Overlay(version()), gas);
    Message value = StringValue.of("12345678"); // Ten bytes on the wire.

    store.set("key", value);
    assertThat(gas.used()).isEqualTo(2000 + 30 * 13);
    store.get("key");
    assertThat(gas.used()).isEqualTo(2000 + 30 * 13 + 1000 + 3 * 13);
    store.scan("k");
    assertThat(gas.used()).isEqualTo(2000 + 30 * 13 + 1000 + 3 * 13 + 3 * 13 + 30);
    store.delete("key");
    assertThat(gas.used()).isEqualTo(2000 + 30 * 13 + 1000 + 3 * 13 + 3 * 13 + 30 + 1000);
  }

  @Test
  void stopsAtItsLimit() {
    GasMeter gas = new GasMeter(100);
    gas.consume(100, "ReadFlat");

    assertThatThrownBy(() -> gas.consume(1, "WriteFlat"))
        .hasMessage("out of gas in location: WriteFlat; gasWanted: 100, gasUsed: 101: out of gas");
  }
}
