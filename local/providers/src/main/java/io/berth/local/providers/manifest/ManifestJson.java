package io.berth.local.providers.manifest;

import io.berth.local.providers.manifest.Manifest.Attribute;
import io.berth.local.providers.manifest.Manifest.Credentials;
import io.berth.local.providers.manifest.Manifest.Endpoint;
import io.berth.local.providers.manifest.Manifest.Expose;
import io.berth.local.providers.manifest.Manifest.Group;
import io.berth.local.providers.manifest.Manifest.HttpOptions;
import io.berth.local.providers.manifest.Manifest.Mount;
import io.berth.local.providers.manifest.Manifest.Params;
import io.berth.local.providers.manifest.Manifest.Permissions;
import io.berth.local.providers.manifest.Manifest.Quantity;
import io.berth.local.providers.manifest.Manifest.Resources;
import io.berth.local.providers.manifest.Manifest.Service;
import io.berth.local.providers.manifest.Manifest.Tee;
import io.berth.local.providers.manifest.Manifest.Volume;
import io.berth.local.providers.manifest.ManifestRefusedException.Fault;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Manifests from JSON and to the JSON that is hashed (chain-protocol.md §4.8 and §4.9). */
public final class ManifestJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private ManifestJson() {}

  /**
   * Decodes as the provider's Go code does.
   *
   * @throws ManifestRefusedException if it is not JSON, or of wrong types
   */
  public static Manifest decode(byte[] json) throws ManifestRefusedException {
    return manifest(parse(json));
  }

  /**
   * Decodes as the Go code of older SDKs does, which does not know the newest fields.
   *
   * @throws ManifestRefusedException if it is not JSON, or of wrong types
   */
  static Manifest decodeByOldSdk(byte[] json) throws ManifestRefusedException {
    JsonNode root = parse(json);
    for (JsonNode params : root.findValues("params")) {
      if (params instanceof ObjectNode fields) {
        fields.remove(List.of("permissions", "tee"));
      }
    }
    return manifest(root);
  }

  private static Manifest manifest(JsonNode root) throws ManifestRefusedException {
    return root.isNull()
        ? new Manifest(List.of())
        : new Manifest(GoObject.elements(root, "Manifest", ManifestJson::group));
  }

  /** The sorted JSON whose SHA-256 is the version. */
  public static byte[] encode(Manifest manifest) {
    return GoJson.write(each(manifest.groups(), ManifestJson::group));
  }

  private static JsonNode parse(byte[] json) throws ManifestRefusedException {
    try {
      // Through a string, so that invalid UTF-8 becomes U+FFFD as it does in Go.
      byte[] valid =
          new String(json, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
      if (valid.length == 0) {
        throw new ManifestRefusedException(Fault.UNREADABLE, "EOF");
      }
      return MAPPER.readTree(new ByteArrayInputStream(valid));
    } catch (UnexpectedEndOfInputException e) {
      throw new ManifestRefusedException(Fault.UNREADABLE, "unexpected EOF");
    } catch (JacksonException e) {
      throw new ManifestRefusedException(
          Fault.UNREADABLE,
          "invalid character at offset %d".formatted(e.getLocation().getByteOffset()));
    }
  }

  // ---- from JSON

  private static Group group(GoObject json) throws ManifestRefusedException {
    return new Group(json.string("name"), json.list("services", ManifestJson::service));
  }

  private static Service service(GoObject json) throws ManifestRefusedException {
    return new Service(
        json.string("name"),
        json.string("image"),
        json.strings("command"),
        json.strings("args"),
        json.strings("env"),
        resources(json.object("resources")),
        json.uint32("count"),
        json.list("expose", ManifestJson::expose),
        json.pointer("params", ManifestJson::params),
        json.pointer("credentials", ManifestJson::credentials));
  }

  private static Resources resources(GoObject json) throws ManifestRefusedException {
    return new Resources(
        json.uint32("id"),
        json.pointer("cpu", cpu -> quantity(cpu, "units")),
        json.pointer("memory", memory -> quantity(memory, "size")),
        json.list("storage", ManifestJson::volume),
        json.pointer("gpu", gpu -> quantity(gpu, "units")),
        json.list("endpoints", ManifestJson::endpoint));
  }

  private static Quantity quantity(GoObject json, String name) throws ManifestRefusedException {
    return new Quantity(json.quantity(name), json.list("attributes", ManifestJson::attribute));
  }

  private static Volume volume(GoObject json) throws ManifestRefusedException {
    return new Volume(
        json.string("name"),
        json.quantity("size"),
        json.list("attributes", ManifestJson::attribute));
  }

  private static Attribute attribute(GoObject json) throws ManifestRefusedException {
    return new Attribute(json.string("key"), json.string("value"));
  }

  private static Endpoint endpoint(GoObject json) throws ManifestRefusedException {
    return new Endpoint(json.uint32("kind"), json.uint32("sequence_number"));
  }

  private static Expose expose(GoObject json) throws ManifestRefusedException {
    return new Expose(
        json.uint32("port"),
        json.uint32("externalPort"),
        json.string("proto"),
        json.string("service"),
        json.bool("global"),
        json.strings("hosts"),
        httpOptions(json.object("httpOptions")),
        json.string("ip"),
        json.uint32("endpointSequenceNumber"));
  }

  private static HttpOptions httpOptions(GoObject json) throws ManifestRefusedException {
    return new HttpOptions(
        json.uint32("maxBodySize"),
        json.uint32("readTimeout"),
        json.uint32("sendTimeout"),
        json.uint32("nextTries"),
        json.uint32("nextTimeout"),
        json.strings("nextCases"),
        json.uint32("proxyBufferSize"));
  }

  private static Params params(GoObject json) throws ManifestRefusedException {
    return new Params(
        json.list("storage", ManifestJson::mount),
        json.pointer("credentials", ManifestJson::credentials),
        json.pointer("permissions", read -> new Permissions(read.strings("read"))),
        json.pointer("tee", tee -> new Tee(tee.string("type"), tee.bool("attestation"))));
  }

  private static Mount mount(GoObject json) throws ManifestRefusedException {
    return new Mount(json.string("name"), json.string("mount"), json.bool("readOnly"));
  }

  private static Credentials credentials(GoObject json) throws ManifestRefusedException {
    return new Credentials(
        json.string("host"),
        json.string("email"),
        json.string("username"),
        json.string("password"));
  }

  // ---- to JSON: what is always there is put, what Go omits when empty is put only if not empty

  private static Map<String, Object> group(Group group) {
    Map<String, Object> json = new TreeMap<>();
    json.put("name", group.name());
    json.put("services", each(group.services(), ManifestJson::service));
    return json;
  }

  private static Map<String, Object> service(Service service) {
    Map<String, Object> json = new TreeMap<>();
    json.put("name", service.name());
    json.put("image", service.image());
    json.put("command", service.command());
    json.put("args", service.args());
    json.put("env", service.env());
    json.put("resources", resources(service.resources()));
    json.put("count", service.count());
    json.put("expose", each(service.expose(), ManifestJson::expose));
    putIfPresent(json, "params", service.params(), ManifestJson::params);
    json.put(
        "credentials", service.credentials() == null ? null : credentials(service.credentials()));
    return json;
  }

  private static Map<String, Object> resources(Resources resources) {
    Map<String, Object> json = new TreeMap<>();
    json.put("id", resources.id());
    putIfPresent(json, "cpu", resources.cpu(), cpu -> quantity(cpu, "units"));
    putIfPresent(json, "memory", resources.memory(), memory -> quantity(memory, "size"));
    putIfAny(json, "storage", resources.storage(), ManifestJson::volume);
    putIfPresent(json, "gpu", resources.gpu(), gpu -> quantity(gpu, "units"));
    json.put("endpoints", each(resources.endpoints(), ManifestJson::endpoint));
    return json;
  }

  private static Map<String, Object> quantity(Quantity quantity, String name) {
    Map<String, Object> json = new TreeMap<>();
    json.put(name, value(quantity.value()));
    putIfAny(json, "attributes", quantity.attributes(), ManifestJson::attribute);
    return json;
  }

  private static Map<String, Object> volume(Volume volume) {
    Map<String, Object> json = new TreeMap<>();
    json.put("name", volume.name());
    json.put("size", value(volume.size()));
    putIfAny(json, "attributes", volume.attributes(), ManifestJson::attribute);
    return json;
  }

  private static Map<String, Object> value(BigInteger value) {
    return Map.of("val", value.toString());
  }

  private static Map<String, Object> attribute(Attribute attribute) {
    Map<String, Object> json = new TreeMap<>();
    putIfNotEmpty(json, "key", attribute.key());
    putIfNotEmpty(json, "value", attribute.value());
    return json;
  }

  private static Map<String, Object> endpoint(Endpoint endpoint) {
    Map<String, Object> json = new TreeMap<>();
    putIfNotZero(json, "kind", endpoint.kind());
    json.put("sequence_number", endpoint.sequenceNumber());
    return json;
  }

  private static Map<String, Object> expose(Expose expose) {
    Map<String, Object> json = new TreeMap<>();
    json.put("port", expose.port());
    json.put("externalPort", expose.externalPort());
    json.put("proto", expose.proto());
    json.put("service", expose.service());
    json.put("global", expose.global());
    json.put("hosts", expose.hosts());
    json.put("httpOptions", httpOptions(expose.httpOptions()));
    json.put("ip", expose.ip());
    json.put("endpointSequenceNumber", expose.endpointSequenceNumber());
    return json;
  }

  private static Map<String, Object> httpOptions(HttpOptions options) {
    Map<String, Object> json = new TreeMap<>();
    json.put("maxBodySize", options.maxBodySize());
    json.put("readTimeout", options.readTimeout());
    json.put("sendTimeout", options.sendTimeout());
    json.put("nextTries", options.nextTries());
    json.put("nextTimeout", options.nextTimeout());
    json.put("nextCases", options.nextCases());
    putIfNotZero(json, "proxyBufferSize", options.proxyBufferSize());
    return json;
  }

  private static Map<String, Object> params(Params params) {
    Map<String, Object> json = new TreeMap<>();
    json.put("storage", each(params.storage(), ManifestJson::mount));
    putIfPresent(json, "credentials", params.credentials(), ManifestJson::credentials);
    putIfPresent(json, "permissions", params.permissions(), ManifestJson::permissions);
    putIfPresent(json, "tee", params.tee(), ManifestJson::tee);
    return json;
  }

  private static Map<String, Object> mount(Mount mount) {
    return Map.of("name", mount.name(), "mount", mount.mount(), "readOnly", mount.readOnly());
  }

  private static Map<String, Object> permissions(Permissions permissions) {
    Map<String, Object> json = new TreeMap<>();
    json.put("read", permissions.read());
    return json;
  }

  private static Map<String, Object> tee(Tee tee) {
    return Map.of("type", tee.type(), "attestation", tee.attestation());
  }

  private static Map<String, Object> credentials(Credentials credentials) {
    return Map.of(
        "host", credentials.host(),
        "email", credentials.email(),
        "username", credentials.username(),
        "password", credentials.password());
  }

  private static <T> List<Map<String, Object>> each(
      List<T> elements, Function<T, Map<String, Object>> encoder) {
    return elements == null ? null : elements.stream().map(encoder).toList();
  }

  private static <T> void putIfPresent(
      Map<String, Object> json, String name, T value, Function<T, Map<String, Object>> encoder) {
    if (value != null) {
      json.put(name, encoder.apply(value));
    }
  }

  private static <T> void putIfAny(
      Map<String, Object> json,
      String name,
      List<T> elements,
      Function<T, Map<String, Object>> encoder) {
    if (elements != null && !elements.isEmpty()) {
      json.put(name, each(elements, encoder));
    }
  }

  private static void putIfNotEmpty(Map<String, Object> json, String name, String text) {
    if (!text.isEmpty()) {
      json.put(name, text);
    }
  }

  private static void putIfNotZero(Map<String, Object> json, String name, long number) {
    if (number != 0) {
      json.put(name, number);
    }
  }
}
