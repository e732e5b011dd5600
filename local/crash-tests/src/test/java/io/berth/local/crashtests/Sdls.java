package io.berth.local.crashtests;

/** The SDLs that flows deploy. */
final class Sdls {
  private Sdls() {}

  /** One small web server of a version. */
  static String web(String version) {
    return header(version) + placement("dcloud") + deployment("dcloud");
  }

  /** The same in two placements, which are two groups. */
  static String twoGroups() {
    return header("1.27") + placement("east") + placement("west") + deployment("east", "west");
  }

  private static String header(String version) {
    return """
        version: "2.0"
        services:
          web:
            image: nginx:%s
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
        """
        .formatted(version);
  }

  private static String placement(String name) {
    return """
            %s:
              pricing:
                web:
                  denom: uact
                  amount: 1000
        """
        .formatted(name);
  }

  private static String deployment(String... placements) {
    StringBuilder text = new StringBuilder("deployment:\n  web:\n");
    for (String placement : placements) {
      text.append("    ").append(placement).append(":\n");
      text.append("      profile: web\n      count: 1\n");
    }
    return text.toString();
  }
}
