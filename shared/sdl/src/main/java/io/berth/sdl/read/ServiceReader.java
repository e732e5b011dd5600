package io.berth.sdl.read;

import io.berth.sdl.model.Expose;
import io.berth.sdl.model.Expose.HttpOptions;
import io.berth.sdl.model.Expose.To;
import io.berth.sdl.model.Service;
import io.berth.sdl.model.Service.Credentials;
import io.berth.sdl.model.Service.Mount;
import io.berth.sdl.model.Service.Params;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads services (chain-protocol.md §4.2, §4.3). */
final class ServiceReader {
  private static final Set<String> CREDENTIALS = Set.of("host", "email", "username", "password");
  private static final Set<String> PARAMS = Set.of("storage", "permissions", "tee");
  private static final Set<String> MOUNT = Set.of("mount", "readOnly");
  private static final Set<String> EXPOSE =
      Set.of("port", "as", "proto", "accept", "to", "http_options");
  private static final Set<String> TO = Set.of("service", "global", "ip");
  private static final Set<String> HTTP_OPTIONS =
      Set.of(
          "max_body_size",
          "read_timeout",
          "send_timeout",
          "next_tries",
          "next_timeout",
          "next_cases",
          "proxy_buffer_size");
  private static final Set<String> SERVICE =
      Set.of("image", "command", "args", "env", "dependencies", "credentials", "params", "expose");
  private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern ENV_NAME = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");
  private static final Pattern HOST =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern ABSOLUTE = Pattern.compile("^/");
  private static final int MAX_HOST = 253;
  private static final int MAX_PORT = 65_535;
  private static final List<String> NEXT_CASES =
      List.of("error", "timeout", "500", "502", "503", "504", "403", "404", "429", "off");
  private static final long MAX_BODY = 104_857_600;
  private static final long MAX_TIMEOUT = 60_000;
  private static final long MAX_PROXY_BUFFER = 1_048_576;
  private static final long UNBOUNDED = Integer.MAX_VALUE;

  private final boolean console;

  /**
   * @param console whether names of environment variables and mount paths are as free as Console
   *     lets them be
   */
  ServiceReader(boolean console) {
    this.console = console;
  }

  Service service(Field field) {
    if (!NAME.matcher(field.name()).matches()) {
      field.report(
          "service-name",
          "Service name \"" + field.name() + "\" must match ^[a-z]([-a-z0-9]*[a-z0-9])?$.");
    }
    Map<String, Field> fields = field.entries(SERVICE);
    field.require(fields, "image");
    Optional.ofNullable(fields.get("dependencies")).ifPresent(ServiceReader::dependencies);
    return new Service(
        field.name(),
        fields.containsKey("image") ? fields.get("image").text(1) : "",
        texts(fields, "command", Field::text),
        texts(fields, "args", Field::text),
        texts(fields, "env", this::variable),
        Optional.ofNullable(fields.get("credentials")).map(ServiceReader::credentials),
        Optional.ofNullable(fields.get("params")).map(this::params),
        Optional.ofNullable(fields.get("expose")).flatMap(Field::itemsOrNull).stream()
            .flatMap(List::stream)
            .map(ServiceReader::expose)
            .toList());
  }

  private static Optional<List<String>> texts(
      Map<String, Field> fields, String name, Function<Field, String> reading) {
    return Optional.ofNullable(fields.get(name))
        .flatMap(Field::itemsOrNull)
        .map(items -> items.stream().map(reading).toList());
  }

  /** {@code NAME=value} or {@code NAME}, by Kubernetes' rule for names. */
  private String variable(Field field) {
    String text = field.text();
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    boolean dots = name.equals(".") || name.startsWith("..");
    if (!console
        && field.value().type().equals("string")
        && (dots || !ENV_NAME.matcher(name).matches())) {
      field.reject("env-name", "must be NAME or NAME=value.");
    }
    return text;
  }

  /** Checked and then ignored, as everywhere. */
  private static void dependencies(Field field) {
    for (Field item : field.items()) {
      Map<String, Field> fields = item.entries(Set.of("service"));
      Optional.ofNullable(fields.get("service")).ifPresent(Field::text);
    }
  }

  private static Credentials credentials(Field field) {
    Map<String, Field> fields = field.entries(CREDENTIALS);
    field.require(fields, "host", "username", "password");
    return new Credentials(
        credential(fields, "host", 1),
        credential(fields, "email", 5),
        credential(fields, "username", 1),
        credential(fields, "password", 6));
  }

  private static String credential(Map<String, Field> fields, String name, int least) {
    if (!fields.containsKey(name)) {
      return "";
    }
    Field field = fields.get(name);
    String text = field.text(least);
    if (text.length() >= least && text.isBlank()) {
      field.reject("blank", "must not be blank.");
    }
    return text;
  }

  private Params params(Field field) {
    Map<String, Field> fields = field.entries(PARAMS);
    return new Params(
        storage(fields),
        Optional.ofNullable(fields.get("permissions")).flatMap(ServiceReader::permissions),
        Optional.ofNullable(fields.get("tee")).map(tee -> tee.oneOf(List.of("cpu", "cpu-gpu"))));
  }

  private SortedMap<String, Mount> storage(Map<String, Field> fields) {
    SortedMap<String, Mount> mounts = new TreeMap<>();
    if (fields.containsKey("storage")) {
      fields.get("storage").entries().forEach((name, field) -> mounts.put(name, mount(field)));
    }
    return mounts;
  }

  /** Console's clients may leave the path of a volume out that is not persistent. */
  private Mount mount(Field field) {
    Map<String, Field> fields = field.entries(MOUNT);
    if (!console) {
      field.require(fields, "mount");
    }
    String path = fields.containsKey("mount") ? fields.get("mount").text(ABSOLUTE) : "";
    return new Mount(path, fields.containsKey("readOnly") && fields.get("readOnly").bool());
  }

  private static Optional<List<String>> permissions(Field field) {
    Map<String, Field> fields = field.entries(Set.of("read"));
    return Optional.ofNullable(fields.get("read"))
        .map(
            read ->
                read.items().stream()
                    .map(item -> item.oneOf(List.of("deployment", "logs", "events")))
                    .toList());
  }

  private static Expose expose(Field field) {
    Map<String, Field> fields = field.entries(EXPOSE);
    field.require(fields, "port");
    return new Expose(
        fields.containsKey("port") ? (int) fields.get("port").integer(1, MAX_PORT) : 1,
        fields.containsKey("as") ? (int) fields.get("as").integer(1, MAX_PORT) : 0,
        fields.containsKey("proto")
            ? fields
                .get("proto")
                .oneOf(List.of("TCP", "UDP", "tcp", "udp"))
                .toUpperCase(Locale.ROOT)
            : "TCP",
        Optional.ofNullable(fields.get("accept"))
            .map(accept -> accept.items().stream().map(ServiceReader::host).toList()),
        fields.containsKey("to")
            ? fields.get("to").items().stream().map(ServiceReader::to).toList()
            : List.of(),
        fields.containsKey("http_options")
            ? httpOptions(fields.get("http_options"))
            : HttpOptions.none());
  }

  private static String host(Field field) {
    String host = field.text();
    if (field.value().type().equals("string")
        && (host.length() > MAX_HOST || !HOST.matcher(host).matches())) {
      field.reject("hostname", "must be a lower-case DNS name of at most 253 characters.");
    }
    return host;
  }

  private static To to(Field field) {
    Map<String, Field> fields = field.entries(TO);
    boolean global = fields.containsKey("global") && fields.get("global").bool();
    String ip = fields.containsKey("ip") ? fields.get("ip").text(1) : "";
    if (!ip.isEmpty() && !global) {
      field.report("ip-global", "If an IP is declared, the directive must be declared as global.");
    }
    return new To(fields.containsKey("service") ? fields.get("service").text(1) : "", global, ip);
  }

  private static HttpOptions httpOptions(Field field) {
    Map<String, Field> fields = field.entries(HTTP_OPTIONS);
    return new HttpOptions(
        number(fields, "max_body_size", MAX_BODY),
        number(fields, "read_timeout", MAX_TIMEOUT),
        number(fields, "send_timeout", MAX_TIMEOUT),
        number(fields, "next_tries", UNBOUNDED),
        number(fields, "next_timeout", UNBOUNDED),
        fields.containsKey("next_cases")
            ? Optional.of(nextCases(fields.get("next_cases")))
            : Optional.empty(),
        number(fields, "proxy_buffer_size", MAX_PROXY_BUFFER));
  }

  private static Optional<Long> number(Map<String, Field> fields, String name, long most) {
    return Optional.ofNullable(fields.get(name)).map(field -> field.integer(0, most));
  }

  private static List<String> nextCases(Field field) {
    List<String> cases = field.items().stream().map(item -> item.oneOf(NEXT_CASES)).toList();
    if (cases.size() > 1 && cases.contains("off")) {
      field.reject("next-cases", "must have at most 1 items.");
    }
    return cases;
  }
}
