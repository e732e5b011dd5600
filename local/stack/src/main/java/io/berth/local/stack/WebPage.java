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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private static final Pattern GUIDE_FILE =
      Pattern.compile("guide/([a-z0-9-]+/)?[a-z0-9-]+\\.(\\w+)");

  private static final Map<String, String> GUIDE_TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  private WebPage() {}

  /**
   * Serves the page at {@code /}, its files beside it, its settings at {@code /config.json}, and
   * the guide below {@code /guide/}.
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
    gateway.local("/guide/", request -> guide(request, protection));
  }

  /** A file of the guide, or where its first page is. */
  private static Response guide(Request request, Map<String, List<String>> protection) {
    if (request.path().equals("/guide/")) {
      return new Response(302, Map.of("Location", List.of("/guide/index.html")), new byte[0]);
    }
    String name = request.path().substring(1);
    Matcher parts = GUIDE_FILE.matcher(name);
    return Optional.of(parts)
        .filter(Matcher::matches)
        .map(matched -> GUIDE_TYPES.get(matched.group(2)))
        .flatMap(type -> file(name).map(body -> page(type, body, protection).answer(request)))
        .orElseGet(() -> Response.text(404, "text/plain; charset=utf-8", "No such page\n"));
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
