package io.berth.sdl.layout;

import io.berth.sdl.group.Attribute;
import io.berth.sdl.group.Endpoint;
import io.berth.sdl.group.Resources;
import io.berth.sdl.group.Storage;
import io.berth.sdl.layout.PlannedGroup.PlannedService;
import io.berth.sdl.model.Expose.HttpOptions;
import io.berth.sdl.model.Service;
import io.berth.sdl.model.Service.Credentials;
import io.berth.sdl.model.Service.Params;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The manifest as JSON values (chain-protocol.md §4.8). */
final class ManifestBuilder {
  private static final long DEFAULT_BODY = 1_048_576;
  private static final long DEFAULT_TIMEOUT = 60_000;
  private static final long DEFAULT_TRIES = 3;

  private final Rules rules;
  private final Exposures exposures;
  private final boolean dropsEmail;

  /**
   * @param dropsEmail whether credentials are those of SDL 2.0 in Go: as written, without e-mail
   */
  ManifestBuilder(Rules rules, Exposures exposures, boolean dropsEmail) {
    this.rules = rules;
    this.exposures = exposures;
    this.dropsEmail = dropsEmail;
  }

  List<Map<String, Object>> manifest(List<PlannedGroup> groups) {
    return groups.stream()
        .map(
            group ->
                Map.<String, Object>of(
                    "name", group.spec().name(),
                    "services", group.services().stream().map(this::service).toList()))
        .toList();
  }

  private Map<String, Object> service(PlannedService planned) {
    Service service = planned.service();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", service.name());
    json.put("image", service.image());
    json.put("command", nullIfEmpty(service.command()));
    json.put("args", nullIfEmpty(service.args()));
    json.put("env", nullIfEmpty(service.env()));
    json.put("resources", resources(planned.resources()));
    json.put("count", planned.count());
    json.put("expose", exposures.sorted(service).stream().map(this::expose).toList());
    service.params().ifPresent(params -> json.put("params", params(params)));
    json.put("credentials", service.credentials().map(this::credentials).orElse(null));
    return json;
  }

  private static Object nullIfEmpty(List<String> list) {
    return list.isEmpty() ? null : list;
  }

  private static Map<String, Object> resources(Resources resources) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", resources.id());
    json.put("cpu", with("units", resources.cpu().milliUnits(), resources.cpu().attributes()));
    json.put("memory", with("size", resources.memory().bytes(), resources.memory().attributes()));
    json.put("storage", resources.storage().stream().map(ManifestBuilder::volume).toList());
    json.put("gpu", with("units", resources.gpu().units(), resources.gpu().attributes()));
    json.put("endpoints", resources.endpoints().stream().map(ManifestBuilder::endpoint).toList());
    return json;
  }

  private static Map<String, Object> with(
      String name, BigInteger value, List<Attribute> attributes) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(name, Map.of("val", value.toString()));
    if (!attributes.isEmpty()) {
      json.put("attributes", attributes.stream().map(ManifestBuilder::attribute).toList());
    }
    return json;
  }

  /** Go leaves empty texts out. */
  private static Map<String, Object> attribute(Attribute attribute) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (!attribute.key().isEmpty()) {
      json.put("key", attribute.key());
    }
    if (!attribute.value().isEmpty()) {
      json.put("value", attribute.value());
    }
    return json;
  }

  private static Map<String, Object> volume(Storage storage) {
    Map<String, Object> json = with("size", storage.bytes(), storage.attributes());
    json.put("name", storage.name());
    return json;
  }

  private static Map<String, Object> endpoint(Endpoint endpoint) {
    Map<String, Object> json = new LinkedHashMap<>();
    switch (endpoint.kind()) {
      case SHARED_HTTP -> {}
      case RANDOM_PORT -> json.put("kind", 1);
      case LEASED_IP -> json.put("kind", 2);
    }
    json.put("sequence_number", endpoint.sequenceNumber());
    return json;
  }

  private Map<String, Object> expose(Exposure exposure) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("port", exposure.port());
    json.put("externalPort", exposure.externalPort());
    json.put("proto", exposure.protocol());
    json.put("service", exposure.service());
    json.put("global", exposure.global());
    json.put("hosts", nullIfEmpty(exposure.hosts()));
    json.put("httpOptions", httpOptions(exposure.http()));
    json.put("ip", exposure.ip());
    json.put("endpointSequenceNumber", exposure.sequenceNumber());
    return json;
  }

  private Map<String, Object> httpOptions(HttpOptions http) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("maxBodySize", orDefault(http.maxBodySize(), DEFAULT_BODY));
    json.put("readTimeout", orDefault(http.readTimeout(), DEFAULT_TIMEOUT));
    json.put("sendTimeout", orDefault(http.sendTimeout(), DEFAULT_TIMEOUT));
    json.put("nextTries", orDefault(http.nextTries(), DEFAULT_TRIES));
    json.put("nextTimeout", http.nextTimeout().orElse(0L));
    json.put(
        "nextCases", http.nextCases().isEmpty() ? List.of("error", "timeout") : http.nextCases());
    http.proxyBufferSize()
        .filter(size -> size != 0)
        .ifPresent(size -> json.put("proxyBufferSize", size));
    return json;
  }

  private long orDefault(Optional<Long> value, long standard) {
    return value.filter(number -> number != 0 || !rules.isZeroDefault()).orElse(standard);
  }

  private static Map<String, Object> params(Params params) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        "storage",
        params.storage().isEmpty()
            ? null
            : params.storage().entrySet().stream()
                .map(
                    mount ->
                        Map.<String, Object>of(
                            "name", mount.getKey(),
                            "mount", mount.getValue().path(),
                            "readOnly", mount.getValue().readOnly()))
                .toList());
    params
        .permissions()
        .ifPresent(permissions -> json.put("permissions", Map.of("read", permissions)));
    params.tee().ifPresent(tee -> json.put("tee", Map.of("type", tee, "attestation", true)));
    return json;
  }

  private Map<String, Object> credentials(Credentials credentials) {
    return dropsEmail
        ? Map.of(
            "host", credentials.host(),
            "email", "",
            "username", credentials.username(),
            "password", credentials.password())
        : Map.of(
            "host", credentials.host().strip(),
            "email", credentials.email().strip(),
            "username", credentials.username().strip(),
            "password", credentials.password().strip());
  }
}
