package io.berth.sdl.layout;

import io.berth.sdl.group.Attribute;
import io.berth.sdl.group.Endpoint;
import io.berth.sdl.group.Resources;
import io.berth.sdl.group.Storage;
import io.berth.sdl.layout.PlannedGroup.PlannedService;
import io.berth.sdl.model.Expose.HttpOptions;
import io.berth.sdl.model.Service;
import io.berth.sdl.model.Service.Credentials;
import io.berth.sdl.model.Service.Mount;
import io.berth.sdl.model.Service.Params;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the manifest, names in byte order (chain-protocol.md §4.8, §4.9). */
final class ManifestBuilder {
  private static final long DEFAULT_BODY = 1_048_576;
  private static final long DEFAULT_TIMEOUT = 60_000;
  private static final long DEFAULT_TRIES = 3;
  private static final List<String> DEFAULT_CASES = List.of("error", "timeout");

  private final Rules rules;
  private final Exposures exposures;
  private final boolean dropsEmail;
  private final GoJson json;

  /**
   * @param dropsEmail whether credentials are those of SDL 2.0 in Go: as written, without e-mail
   */
  ManifestBuilder(Rules rules, Exposures exposures, boolean dropsEmail) {
    this.rules = rules;
    this.exposures = exposures;
    this.dropsEmail = dropsEmail;
    this.json = new GoJson(rules.escapesLineSeparators());
  }

  String manifest(List<PlannedGroup> groups) {
    return json.list(groups, this::group).text();
  }

  private void group(PlannedGroup group) {
    json.beginObject().name("name").value(group.spec().name());
    json.name("services").list(group.services(), this::service).endObject();
  }

  private void service(PlannedService planned) {
    Service service = planned.service();
    json.beginObject();
    texts("args", service.args());
    texts("command", service.command());
    json.name("count").value(planned.count());
    json.name("credentials");
    service.credentials().ifPresentOrElse(this::credentials, json::nothing);
    texts("env", service.env());
    json.name("expose").list(exposures.sorted(service), this::expose);
    json.name("image").value(service.image());
    json.name("name").value(service.name());
    service.params().ifPresent(this::params);
    json.name("resources");
    resources(planned.resources());
    json.endObject();
  }

  private void texts(String name, Optional<List<String>> texts) {
    json.name(name);
    texts
        .filter(list -> !list.isEmpty() || rules.keepsEmptyLists())
        .ifPresentOrElse(list -> json.list(list, json::value), json::nothing);
  }

  private void credentials(Credentials credentials) {
    json.beginObject();
    json.name("email").value(dropsEmail ? "" : credentials.email().strip());
    json.name("host").value(trimmed(credentials.host()));
    json.name("password").value(trimmed(credentials.password()));
    json.name("username").value(trimmed(credentials.username()));
    json.endObject();
  }

  private String trimmed(String credential) {
    return dropsEmail ? credential : credential.strip();
  }

  private void expose(Exposure exposure) {
    json.beginObject();
    json.name("endpointSequenceNumber").value(exposure.sequenceNumber());
    json.name("externalPort").value(exposure.externalPort());
    json.name("global").value(exposure.global());
    texts("hosts", exposure.hosts());
    json.name("httpOptions");
    httpOptions(exposure.http());
    json.name("ip").value(exposure.ip());
    json.name("port").value(exposure.port());
    json.name("proto").value(exposure.protocol());
    json.name("service").value(exposure.service());
    json.endObject();
  }

  private void httpOptions(HttpOptions http) {
    List<String> cases =
        http.nextCases()
            .filter(written -> !written.isEmpty() || !rules.isZeroDefault())
            .orElse(DEFAULT_CASES);
    json.beginObject();
    json.name("maxBodySize").value(orDefault(http.maxBodySize(), DEFAULT_BODY));
    json.name("nextCases").list(cases, json::value);
    json.name("nextTimeout").value(http.nextTimeout().orElse(0L));
    json.name("nextTries").value(orDefault(http.nextTries(), DEFAULT_TRIES));
    http.proxyBufferSize()
        .filter(size -> size != 0)
        .ifPresent(size -> json.name("proxyBufferSize").value(size));
    json.name("readTimeout").value(orDefault(http.readTimeout(), DEFAULT_TIMEOUT));
    json.name("sendTimeout").value(orDefault(http.sendTimeout(), DEFAULT_TIMEOUT));
    json.endObject();
  }

  private long orDefault(Optional<Long> value, long standard) {
    return value.filter(number -> number != 0 || !rules.isZeroDefault()).orElse(standard);
  }

  private void params(Params params) {
    json.name("params").beginObject();
    params
        .permissions()
        .ifPresent(
            read ->
                json.name("permissions")
                    .beginObject()
                    .name("read")
                    .list(read, json::value)
                    .endObject());
    json.name("storage");
    if (params.storage().isEmpty()) {
      json.nothing();
    } else {
      json.list(List.copyOf(params.storage().entrySet()), this::mount);
    }
    params
        .tee()
        .ifPresent(
            tee ->
                json.name("tee")
                    .beginObject()
                    .name("attestation")
                    .value(true)
                    .name("type")
                    .value(tee)
                    .endObject());
    json.endObject();
  }

  private void mount(Map.Entry<String, Mount> mount) {
    json.beginObject();
    json.name("mount").value(mount.getValue().path());
    json.name("name").value(mount.getKey());
    json.name("readOnly").value(mount.getValue().readOnly());
    json.endObject();
  }

  private void resources(Resources resources) {
    json.beginObject();
    json.name("cpu").beginObject();
    attributes(resources.cpu().attributes());
    amount("units", resources.cpu().milliUnits());
    json.endObject();
    json.name("endpoints").list(resources.endpoints(), this::endpoint);
    json.name("gpu").beginObject();
    attributes(resources.gpu().attributes());
    amount("units", resources.gpu().units());
    json.endObject();
    json.name("id").value(resources.id());
    json.name("memory").beginObject();
    attributes(resources.memory().attributes());
    amount("size", resources.memory().bytes());
    json.endObject();
    json.name("storage").list(resources.storage(), this::volume);
    json.endObject();
  }

  private void volume(Storage storage) {
    json.beginObject();
    attributes(storage.attributes());
    json.name("name").value(storage.name());
    amount("size", storage.bytes());
    json.endObject();
  }

  private void amount(String name, BigInteger value) {
    json.name(name).beginObject().name("val").value(value.toString()).endObject();
  }

  private void attributes(List<Attribute> attributes) {
    if (!attributes.isEmpty()) {
      json.name("attributes").list(attributes, this::attribute);
    }
  }

  /** Go leaves empty texts out. */
  private void attribute(Attribute attribute) {
    json.beginObject();
    if (!attribute.key().isEmpty()) {
      json.name("key").value(attribute.key());
    }
    if (!attribute.value().isEmpty()) {
      json.name("value").value(attribute.value());
    }
    json.endObject();
  }

  private void endpoint(Endpoint endpoint) {
    json.beginObject();
    switch (endpoint.kind()) {
      case SHARED_HTTP -> {}
      case RANDOM_PORT -> json.name("kind").value(1);
      case LEASED_IP -> json.name("kind").value(2);
    }
    json.name("sequence_number").value(endpoint.sequenceNumber()).endObject();
  }
}
