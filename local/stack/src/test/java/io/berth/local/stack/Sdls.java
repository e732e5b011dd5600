package io.berth.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** SDLs that tests deploy. */
final class Sdls {
  private Sdls() {}

  /** The documentation's example, as it is. */
  static String example() {
    try {
      return Files.readString(RunningBerth.root().resolve("docs/examples/web.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The smallest useful one. */
  static String small() {
    return """
        version: "2.0"
        services:
          web:
            image: nginx:1.27
            expose:
              - port: 80
                to:
                  - global: true
        profiles:
          compute:
            web:
              resources:
                cpu:
                  units: 100m
                memory:
                  size: 128Mi
                storage:
                  size: 512Mi
          placement:
            dcloud:
              pricing:
                web:
                  denom: uact
                  amount: 1000
        deployment:
          web:
            dcloud:
              profile: web
              count: 1
        """;
  }

  /** Two groups, which two providers may run: web and web-api east, db west. */
  static String twoGroups() {
    return """
        version: "2.0"
        services:
          web: &any
            image: nginx:1.27
            expose:
              - port: 80
                to:
                  - global: true
          web-api: *any
          db: *any
        profiles:
          compute:
            small:
              resources:
                cpu: {units: 0.1}
                memory: {size: 128Mi}
                storage: {size: 512Mi}
          placement:
            east: &east
              pricing:
                small: {denom: uact, amount: 1000}
            west: *east
        deployment:
          web: &one
            east: {profile: small, count: 1}
          web-api: *one
          db:
            west: {profile: small, count: 1}
        """;
  }

  /** The body that creates a deployment. */
  static Map<String, Object> create(String sdl, Object depositUsd) {
    return Map.of("data", Map.of("sdl", sdl, "deposit", depositUsd));
  }
}
