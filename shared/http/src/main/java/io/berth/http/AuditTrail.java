package io.berth.http;

import io.berth.domain.audit.AuditEntry;
import io.berth.domain.audit.AuditLog;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down each request that is to change something: before it is worked on, so that no change
 * goes without its entry, and what came of it afterwards.
 */
public final class AuditTrail {
  private final Logger log = LoggerFactory.getLogger(getClass());
  private final AuditLog entries;
  private final InstantSource clock;

  public AuditTrail(AuditLog entries, InstantSource clock) {
    this.entries = entries;
    this.clock = clock;
  }

  /**
   * Does the work between the two writes. If the second one fails, the entry stays without outcome:
   * the work is done, and its answer counts.
   */
  ApiResponse around(ApiRequest request, Supplier<ApiResponse> work) {
    AuditEntry entry =
        new AuditEntry(
            request.actor(),
            request.id(),
            clock.instant(),
            request.keyId(),
            request.route(),
            request.path(),
            request.sourceIp(),
            Optional.empty());
    entries.begin(entry);
    ApiResponse response = work.get();
    try {
      entries.end(entry.ended(new AuditEntry.Outcome(response.status(), made(response))));
    } catch (RuntimeException e) {
      log.error("the outcome could not be written to the audit log", e);
    }
    return response;
  }

  /** The id of what the request made, where the answer tells one. */
  private static Optional<String> made(ApiResponse response) {
    return response
        .body()
        .filter(body -> response.status() == 201)
        .flatMap(body -> member(body, "data"))
        .flatMap(
            data ->
                Stream.of("id", "dseq").flatMap(name -> member(data, name).stream()).findFirst())
        .map(Object::toString);
  }

  private static Optional<Object> member(Object object, String name) {
    return object instanceof Map<?, ?> map ? Optional.ofNullable(map.get(name)) : Optional.empty();
  }
}
