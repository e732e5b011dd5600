package io.berth.sdl.yaml;

/** The outcome of reading YAML. */
public sealed interface YamlResult {

  record Read(YamlValue value) implements YamlResult {}

  /** Not acceptable YAML. */
  record Broken(String message, String rule, YamlValue.Place place) implements YamlResult {}
}
