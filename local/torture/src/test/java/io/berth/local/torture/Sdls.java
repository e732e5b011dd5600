package io.berth.local.torture;

/** The SDLs that flows deploy. */
final class Sdls {
  private Sdls() {}

  /** One small web server of a version. */
  static String web(String version) {
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
        """
        .formatted(version);
  }
}
