package io.berth.local.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The template in this module's test resources. */
final class Sample {
  static final TemplateInputs INPUTS =
      TemplateInputs.local()
          .withParameters(Map.of("NodeUrl", "node:9090"))
          .withResources(Map.of("Pepper", "arn:aws:secretsmanager:pepper"));

  private Sample() {}

  static String yaml() {
    try (var stream = Sample.class.getResourceAsStream("/template.yaml")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Template template() {
    return Template.parse(yaml(), INPUTS);
  }
}
