package io.berth.bench;

import java.nio.charset.StandardCharsets;

/** SDLs of three sizes, alike but for the number of services. */
public final class Documents {
  private Documents() {}

  /** A document with so many web services, each with its own compute profile. */
  public static String withServices(int services) {
    StringBuilder text = new StringBuilder("version: \"2.0\"\n\nservices:\n");
    for (int i = 0; i < services; i++) {
      text.append(
          """
            web%1$d:
              image: nginx:1.27
              env:
                - GREETING=hello
                - PORT=8080
              expose:
                - port: %2$d
                  as: %2$d
                  accept:
                    - web%1$d.example.com
                  to:
                    - global: true
          """
              .formatted(i, 1000 + i)
              .indent(0));
    }
    text.append("\nprofiles:\n  compute:\n");
    for (int i = 0; i < services; i++) {
      text.append(
          """
              web%d:
                resources:
                  cpu:
                    units: 0.5
                  memory:
                    size: 512Mi
                  storage:
                    size: 1Gi
          """
              .formatted(i));
    }
    text.append("  placement:\n    dcloud:\n      attributes:\n        host: akash\n      pricing:\n");
    for (int i = 0; i < services; i++) {
      text.append("        web%d:\n          denom: uact\n          amount: 1000\n".formatted(i));
    }
    text.append("\ndeployment:\n");
    for (int i = 0; i < services; i++) {
      text.append(
          "  web%d:\n    dcloud:\n      profile: web%d\n      count: 1\n".formatted(i, i));
    }
    return text.toString();
  }

  /** Writes the documents for the other SDK's run: {@code FOLDER/SERVICES.yaml}. */
  public static void main(String[] arguments) throws java.io.IOException {
    java.nio.file.Path folder = java.nio.file.Path.of(arguments[0]);
    java.nio.file.Files.createDirectories(folder);
    for (int services : SdlBenchmark.SERVICES) {
      String text = withServices(services);
      System.out.println(
          services + " services: " + text.getBytes(StandardCharsets.UTF_8).length + " bytes");
      java.nio.file.Files.writeString(folder.resolve(services + ".yaml"), text);
    }
  }
}
