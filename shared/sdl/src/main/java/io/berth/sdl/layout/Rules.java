package io.berth.sdl.layout;

import io.berth.sdl.Layout;
import io.berth.sdl.group.Endpoint;
import io.berth.sdl.model.Compute.GpuModel;
import io.berth.sdl.model.Compute.Volume;
import io.berth.sdl.model.Expose;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Where the two layouts differ (chain-protocol.md §4.10). */
final class Rules {
  private static final Comparator<String> BY_UTF8 =
      Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private final boolean console;

  Rules(Layout layout) {
    this.console = layout == Layout.CONSOLE;
  }

  /** Go sorts by bytes, Console by locale. */
  Comparator<String> textOrder() {
    return console ? LocaleOrder.INSTANCE : BY_UTF8;
  }

  /** Go drops a fraction of a byte, Console rounds it up. */
  BigInteger wholeBytes(BigDecimal bytes) {
    return bytes.setScale(0, console ? RoundingMode.CEILING : RoundingMode.DOWN).toBigInteger();
  }

  /** Whether an expose entry without targets still counts, as one that only the group can reach. */
  boolean keepsUntargeted() {
    return !console;
  }

  /** Whether a target takes part in the numbering of addresses. */
  boolean isNumbered(Expose.To to) {
    return console ? to.global() && !to.ip().isEmpty() : !to.global() || !to.ip().isEmpty();
  }

  /** The name under which a target is numbered; Go counts local targets under no name. */
  String numberedName(Expose.To to) {
    return to.global() ? to.ip() : "";
  }

  /**
   * Whether a list that the SDL writes empty stays {@code []} in the manifest. Go's YAML decoder
   * makes it an empty slice, which its JSON encoder writes so; Console writes {@code null} for it,
   * as both do for a list that is left out or null.
   */
  boolean keepsEmptyLists() {
    return !console;
  }

  /** Whether 0, or an empty list, means the default in HTTP options. */
  boolean isZeroDefault() {
    return !console;
  }

  /**
   * Whether the manifest lists a service's endpoints in document order, or as exposures are sorted.
   */
  boolean keepsEndpointOrder() {
    return console;
  }

  /** The order of endpoints in a group. Sorting is stable. */
  Comparator<Endpoint> endpointOrder() {
    Comparator<Endpoint> byNumber = Comparator.comparingInt(Endpoint::sequenceNumber);
    return console ? Comparator.comparing(Endpoint::kind).thenComparing(byNumber) : byNumber;
  }

  /** Whether the hashed text escapes U+2028 and U+2029. */
  boolean escapesLineSeparators() {
    return !console;
  }

  /** The attribute key that asks for a GPU model. */
  String gpuKey(GpuModel model) {
    StringBuilder key = new StringBuilder("vendor/nvidia/model/").append(model.model());
    if (console) {
      model.ram().ifPresent(ram -> key.append("/ram/").append(ram));
    } else {
      model.gibibytes().ifPresent(ram -> key.append("/ram/").append(ram).append("Gi"));
    }
    model.link().ifPresent(link -> key.append("/interface/").append(link));
    return key.toString();
  }

  /** Whether an empty list of GPU models asks for any, as no list does. */
  boolean isEmptyAnyModel() {
    return !console;
  }

  boolean sortsGpuKeys() {
    return !console;
  }

  /** Volumes in the order of the layout. */
  List<Volume> ordered(List<Volume> volumes) {
    List<Volume> sorted = new ArrayList<>(volumes);
    if (console) {
      return sorted;
    }
    // Go's comparison is not symmetric, so its insertion sort is part of the result.
    for (int i = 1; i < sorted.size(); i++) {
      for (int j = i; j > 0 && goesBefore(sorted.get(j), sorted.get(j - 1)); j--) {
        Volume later = sorted.set(j, sorted.get(j - 1));
        sorted.set(j - 1, later);
      }
    }
    return sorted;
  }

  private boolean goesBefore(Volume later, Volume earlier) {
    int bySize = wholeBytes(later.bytes()).compareTo(wholeBytes(earlier.bytes()));
    if (bySize != 0) {
      return bySize < 0;
    }
    if (later.persistent().isPresent() != earlier.persistent().isPresent()) {
      return later.persistent().isEmpty();
    }
    if (later.isPersistent() != earlier.isPersistent()) {
      return earlier.isPersistent();
    }
    return !later.isPersistent() || BY_UTF8.compare(later.name(), earlier.name()) < 0;
  }
}
