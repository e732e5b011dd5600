package io.berth.local.stack;

import io.berth.local.gateway.ApiGateway;
import io.berth.local.gateway.LocalPage;
import io.berth.local.gateway.Request;
import io.berth.local.gateway.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The page for people ({@code ui/}), at the gateway's root. */
final class WebPage {
  private static final String FOLDER = "/io/berth/ui/";
  private static final String NOT_BUILT =
      "Berth was built without its page: that takes Node 20 or newer with npm. The API answers.\n";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What the page may load and be loaded by: itself, and nothing of anyone else's. */
  private static final Map<String, List<String>> PROTECTION =
      Map.of(
          "Content-Security-Policy",
          List.of(
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                  + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
          "X-Content-Type-Options",
          List.of("nosniff"),
          "Referrer-Policy",
          List.of("no-referrer"),
          "Cache-Control",
          List.of("no-cache"));

  private static final Map<String, String> FILES =
      Map.of(
          "index.html", "text/html; charset=utf-8",
          "app.js", "text/javascript; charset=utf-8",
          "app.css", "text/css; charset=utf-8",
          "icon.svg", "image/svg+xml");

  private WebPage() {}

  /**
   * Serves the page at {@code /}, its files beside it, and its settings at {@code /config.json}.
   *
   * @param config what the page is told of this place
   */
  static void serve(ApiGateway gateway, Map<String, Object> config) {
    if (file("index.html").isEmpty()) {
      gateway.local(
          "/", page("text/plain; charset=utf-8", NOT_BUILT.getBytes(StandardCharsets.UTF_8)));
      return;
    }
    FILES.forEach(
        (name, type) ->
            gateway.local(
                name.equals("index.html") ? "/" : "/" + name,
                page(type, file(name).orElseThrow())));
    gateway.local("/config.json", page("application/json", JSON.writeValueAsBytes(config)));
  }

  private static LocalPage page(String type, byte[] body) {
    Map<String, List<String>> headers = new HashMap<>(PROTECTION);
    headers.put("Content-Type", List.of(type));
    return request -> answer(request, new Response(200, headers, body));
  }

  private static Response answer(Request request, Response whole) {
    return switch (request.method()) {
      case "GET" -> whole;
      case "HEAD" -> new Response(200, whole.headers(), new byte[0]);
      default -> new Response(405, Map.of("Allow", List.of("GET, HEAD")), new byte[0]);
    };
  }

  private static Optional<byte[]> file(String name) {
    try (InputStream stream = WebPage.class.getResourceAsStream(FOLDER + name)) {
      return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
