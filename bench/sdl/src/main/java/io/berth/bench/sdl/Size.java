package io.berth.bench.sdl;

import io.berth.sdl.Sdl;
import java.nio.charset.StandardCharsets;

/** The documents measured: of one make, so that only the number of services tells them apart. */
public enum Size {
  /** One web service, about 750 bytes. */
  SMALL(750),
  /** Several services, about 8 KiB. */
  MEDIUM(8 * 1024),
  /** As many services as the size limit lets in. */
  LARGE(Sdl.MAX_BYTES);

  private final String text;

  Size(int maxBytes) {
    int services = 1;
    while (bytes(document(services + 1)) <= maxBytes) {
      services++;
    }
    this.text = document(services);
  }

  String text() {
    return text;
  }

  int bytes() {
    return bytes(text);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String document(int services) {
    StringBuilder definitions = new StringBuilder();
    StringBuilder compute = new StringBuilder();
    StringBuilder pricing = new StringBuilder();
    StringBuilder deployment = new StringBuilder();
    for (int number = 1; number <= services; number++) {
      String name = "web-" + number;
      definitions.append(
          """
            %s:
              image: ghcr.io/example/storefront:2.4.%d
              env:
                - NODE_ENV=production
                - PUBLIC_NAME=Tom & Jerry's <shop>
                - REDIS_URL=redis://cache.example.internal:6379
              command: ["node"]
              args: ["server.js", "--port", "8080"]
              expose:
                - port: 8080
                  as: 80
                  to:
                    - global: true
          """
              .formatted(name, number));
      compute.append(
          """
              %s:
                resources:
                  cpu:
                    units: 0.5
                  memory:
                    size: 512Mi
                  storage:
                    size: 1Gi
          """
              .formatted(name));
      pricing.append(
          """
                  %s:
                    denom: uact
                    amount: %d
          """
              .formatted(name, 1000 + number));
      deployment.append(
          """
            %s:
              dcloud:
                profile: %s
                count: 1
          """
              .formatted(name, name));
    }
    return """
    version: "2.0"
    services:
    %sprofiles:
      compute:
    %s  placement:
        dcloud:
          attributes:
            host: akash
          pricing:
    %sdeployment:
    %s"""
        .formatted(definitions, compute, pricing, deployment);
  }
}
