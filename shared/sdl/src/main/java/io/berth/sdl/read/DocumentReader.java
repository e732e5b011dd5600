package io.berth.sdl.read;

import io.berth.sdl.Layout;
import io.berth.sdl.SdlOptions;
import io.berth.sdl.model.Document;
import io.berth.sdl.model.Document.Placed;
import io.berth.sdl.yaml.YamlValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a whole SDL: the schema's rules on the way (chain-protocol.md §4.1–4.5, the strict ones
 * included), then the rules that tie its parts together.
 */
public final class DocumentReader {
  private static final Set<String> PROFILES = Set.of("compute", "placement");
  private static final Set<String> PLACED = Set.of("profile", "count");
  private static final Set<String> SECTIONS =
      Set.of(
          "version", "include", "services", "profiles", "deployment", "endpoints", "reclamation");
  private static final Pattern WINDOW = Pattern.compile("([1-9][0-9]{0,8})([smh])");
  private static final Pattern ENDPOINT = Pattern.compile("[a-z]+[-_0-9a-z]+");
  private static final int MAX_COUNT = 1_000_000;

  private final Problems problems = new Problems();
  private final ServiceReader services;
  private final ProfileReader profiles;

  private DocumentReader(SdlOptions options) {
    this.services = new ServiceReader(options.layout() == Layout.CONSOLE);
    this.profiles =
        new ProfileReader(options.denom(), options.auditors(), options.layout() == Layout.CONSOLE);
  }

  /** Reads the document. */
  public static DocumentResult read(YamlValue value, SdlOptions options) {
    return new DocumentReader(options).read(value, options.layout());
  }

  private DocumentResult read(YamlValue value, Layout layout) {
    Field root = Field.root(problems, value);
    Map<String, Field> fields = root.entries(SECTIONS);
    root.require(fields, "version", "services", "profiles", "deployment");
    boolean mergesProfiles = version(fields).equals("2.1") || layout == Layout.CONSOLE;
    Map<String, Field> profileFields = profileFields(fields);
    Document document =
        new Document(
            mergesProfiles,
            byName(entries(fields, "services"), services::service),
            byName(entries(profileFields, "compute"), profiles::compute),
            byName(entries(profileFields, "placement"), profiles::placement),
            deployment(fields),
            Optional.ofNullable(fields.get("reclamation")).flatMap(this::reclamation));
    if (value instanceof YamlValue.Mapping) {
      new CrossChecks(problems, root, document, layout).check(endpoints(fields));
    }
    return new DocumentResult(document, problems.all());
  }

  private static String version(Map<String, Field> fields) {
    Field version = fields.get("version");
    return version == null ? "2.0" : version.oneOf(List.of("2.0", "2.1"));
  }

  private static Map<String, Field> profileFields(Map<String, Field> fields) {
    Field section = fields.get("profiles");
    if (section == null) {
      return Map.of();
    }
    Map<String, Field> profileFields = section.entries(PROFILES);
    section.require(profileFields, "compute", "placement");
    return profileFields;
  }

  private static Map<String, Field> entries(Map<String, Field> fields, String name) {
    return fields.containsKey(name) ? fields.get(name).entries() : Map.of();
  }

  private interface Reading<T> {
    T of(Field field);
  }

  private static <T> SortedMap<String, T> byName(Map<String, Field> fields, Reading<T> reading) {
    SortedMap<String, T> values = new TreeMap<>();
    fields.forEach((name, field) -> values.put(name, reading.of(field)));
    return values;
  }

  private SortedMap<String, SortedMap<String, Placed>> deployment(Map<String, Field> fields) {
    return byName(
        entries(fields, "deployment"), service -> byName(service.entries(), this::placed));
  }

  private Placed placed(Field field) {
    Map<String, Field> fields = field.entries(PLACED);
    field.require(fields, "profile", "count");
    String profile = fields.containsKey("profile") ? fields.get("profile").text() : "";
    long count = fields.containsKey("count") ? fields.get("count").integer(1, MAX_COUNT) : 1;
    return new Placed(profile, (int) count);
  }

  private SortedMap<String, Field> endpoints(Map<String, Field> fields) {
    SortedMap<String, Field> endpoints = new TreeMap<>();
    entries(fields, "endpoints")
        .forEach(
            (name, field) -> {
              if (!ENDPOINT.matcher(name).matches()) {
                field.report(
                    "endpoint-name",
                    "Field \""
                        + name
                        + "\" at \"/endpoints\" doesn't satisfy any of the allowed patterns:"
                        + " ^[a-z]+[-_0-9a-z]+$.");
              }
              Map<String, Field> parts = field.entries(Set.of("kind"));
              field.require(parts, "kind");
              if (parts.containsKey("kind")) {
                parts.get("kind").oneOf(List.of("ip"));
              }
              endpoints.put(name, field);
            });
    return endpoints;
  }

  private Optional<Duration> reclamation(Field field) {
    Map<String, Field> fields = field.entries(Set.of("min_window"));
    field.require(fields, "min_window");
    return Optional.ofNullable(fields.get("min_window")).flatMap(DocumentReader::window);
  }

  private static Optional<Duration> window(Field field) {
    Matcher matcher = WINDOW.matcher(field.text());
    if (!matcher.matches()) {
      field.report(
          "reclamation",
          "Reclamation min_window must be a whole number followed by s, m, or h"
              + " (e.g. \"24h\", \"30m\").");
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        });
  }
}
