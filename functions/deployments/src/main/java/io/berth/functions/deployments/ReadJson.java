package io.berth.functions.deployments;

import io.berth.domain.akash.BidId;
import io.berth.domain.provider.ReadCaps;
import io.berth.domain.provider.ReadOutcome;
import io.berth.domain.provider.ReadOutcome.Cut;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How reading from providers went, as JSON: the same for logs and events. */
final class ReadJson {
  private ReadJson() {}

  /** How much is read at most. */
  static Map<String, Object> caps(ReadCaps caps, String items) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(items, caps.items());
    json.put("bytes", caps.bytes());
    json.put("seconds", caps.time().toSeconds());
    return json;
  }

  /**
   * How it went with one lease: {@code read}, {@code not_ready} or {@code unavailable} with the
   * reason; {@code cut} tells which cap there may be more behind.
   */
  static Map<String, Object> lease(BidId lease, ReadOutcome<?> outcome) {
    Map<String, Object> json = lease(lease);
    switch (outcome) {
      case ReadOutcome.Read<?> read -> {
        json.put("state", "read");
        read.cut().ifPresent(cut -> json.put("cut", cut.name().toLowerCase(Locale.ROOT)));
      }
      case ReadOutcome.NotReady<?> notReady -> {
        json.put("state", "not_ready");
        json.put("reason", notReady.reason());
      }
      case ReadOutcome.Unavailable<?> unavailable -> {
        json.put("state", "unavailable");
        json.put("reason", unavailable.reason());
      }
    }
    return json;
  }

  /** Which lease it is, with room for what is to say of it. */
  static Map<String, Object> lease(BidId lease) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("provider", lease.provider());
    json.put("gseq", lease.order().gseq());
    json.put("oseq", lease.order().oseq());
    return json;
  }

  /** Why reading stopped, for eyes. */
  static String words(Cut cut) {
    return switch (cut) {
      case ITEMS -> "the most lines of one answer are reached";
      case BYTES -> "the most bytes of one answer are reached";
      case TIME -> "the time is up";
      case SILENCE -> "the provider fell silent without ending";
      case BROKEN -> "the provider ended with an error";
    };
  }
}
