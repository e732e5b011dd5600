package io.berth.local.stack;

import io.berth.local.gateway.ApiGateway;
import io.berth.local.gateway.LocalPage;
import io.berth.local.gateway.Request;
import io.berth.local.gateway.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The page for people ({@code ui/}), at the gateway's root. */
final class WebPage {
  private static final String FOLDER = "/io/berth/ui/";
  private static final String NOT_BUILT =
      "Berth was built without its page: that takes Node 20 or newer with npm. The API answers.\n";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Map<String, String> FILES =
      Map.of(
          "index.html", "text/html; charset=utf-8",
          "app.js", "text/javascript; charset=utf-8",
          "app.css", "text/css; charset=utf-8",
          "icon.svg", "image/svg+xml");

  private WebPage() {}

  /**
   * Serves the page at {@code /}, its files beside it, and its settings at {@code /config.json}.
   */
  static void serve(ApiGateway gateway, LocalOptions options) {
    Map<String, List<String>> protection = protection(options.identityProvider());
    if (file("index.html").isEmpty()) {
      gateway.local(
          "/",
          page(
              "text/plain; charset=utf-8", NOT_BUILT.getBytes(StandardCharsets.UTF_8), protection));
      return;
    }
    FILES.forEach(
        (name, type) ->
            gateway.local(
                name.equals("index.html") ? "/" : "/" + name,
                page(type, file(name).orElseThrow(), protection)));
    gateway.local(
        "/config.json",
        page("application/json", JSON.writeValueAsBytes(config(options)), protection));
  }

  /** What the page is told of this place. */
  private static Map<String, Object> config(LocalOptions options) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("blockSeconds", options.blockTime().toMillis() / 1000.0);
    config.put(
        "identityProvider",
        options
            .identityProvider()
            .map(provider -> Map.of("issuer", provider.issuer(), "clientId", provider.audience()))
            .orElse(null));
    return config;
  }

  /**
   * What the page may load and be loaded by: itself and nothing of anyone else's, but for the
   * identity provider's word.
   */
  private static Map<String, List<String>> protection(
      Optional<LocalOptions.IdentityProvider> identityProvider) {
    String askable =
        Stream.concat(
                Stream.of("'self'"),
                identityProvider.map(provider -> origin(provider.issuer())).stream())
            .collect(Collectors.joining(" "));
    return Map.of(
        "Content-Security-Policy",
        List.of(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                + "connect-src %s; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                    .formatted(askable)),
        "X-Content-Type-Options",
        List.of("nosniff"),
        "Referrer-Policy",
        List.of("no-referrer"),
        "Cache-Control",
        List.of("no-cache"));
  }

  private static String origin(String url) {
    URI uri = URI.create(url);
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  private static LocalPage page(String type, byte[] body, Map<String, List<String>> protection) {
    Map<String, List<String>> headers = new HashMap<>(protection);
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
