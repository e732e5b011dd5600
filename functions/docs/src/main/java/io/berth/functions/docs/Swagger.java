package io.berth.functions.docs;

import io.berth.http.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Swagger UI from its WebJar, with a page and settings of Berth's own; nothing from elsewhere. */
final class Swagger {
  /** For what changes with a release. */
  static final Map<String, String> KEPT_BRIEFLY =
      Map.of("Cache-Control", "public, max-age=300", "X-Content-Type-Options", "nosniff");

  private static final String WEBJAR = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

  /** The page runs no script and sends nothing to anywhere but where it came from. */
  private static final Map<String, String> PAGE_HEADERS =
      Map.of(
          "Cache-Control",
          "public, max-age=300",
          "X-Content-Type-Options",
          "nosniff",
          "Content-Security-Policy",
          "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
              + " frame-ancestors 'none'");

  /** Where each file is, and what it is. */
  private static final Map<String, Asset> ASSETS =
      Map.of(
          "swagger-ui.css", new Asset(webJar("swagger-ui.css"), "text/css; charset=utf-8"),
          "swagger-ui-bundle.js",
              new Asset(webJar("swagger-ui-bundle.js"), "text/javascript; charset=utf-8"),
          "initializer.js", new Asset("initializer.js", "text/javascript; charset=utf-8"));

  private record Asset(String resource, String contentType) {}

  private Swagger() {}

  static ApiResponse page() {
    return ApiResponse.text("text/html; charset=utf-8", text("page.html"), PAGE_HEADERS);
  }

  /** A part of the page; empty if it has none of this name. */
  static Optional<ApiResponse> file(String name) {
    return Optional.ofNullable(ASSETS.get(name))
        .map(asset -> ApiResponse.text(asset.contentType(), text(asset.resource()), KEPT_BRIEFLY));
  }

  private static String webJar(String file) {
    try (InputStream properties = Swagger.class.getResourceAsStream(WEBJAR)) {
      Properties maven = new Properties();
      maven.load(properties);
      return "/META-INF/resources/webjars/swagger-ui/" + maven.getProperty("version") + "/" + file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String resource) {
    try (InputStream stream = Swagger.class.getResourceAsStream(resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
