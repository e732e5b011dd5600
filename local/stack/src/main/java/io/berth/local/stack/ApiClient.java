package io.berth.local.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A user of the API, with plain HTTP and an API key. */
public final class ApiClient {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration TIMEOUT = Duration.ofSeconds(35);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final Map<String, String> headers;
  private final Consumer<Exchange> witness;

  /**
   * @param apiKey empty to call without one
   */
  public ApiClient(String url, Optional<String> apiKey) {
    this(url, apiKey.map(key -> Map.of("x-api-key", key)).orElse(Map.of()), _ -> {});
  }

  private ApiClient(String url, Map<String, String> headers, Consumer<Exchange> witness) {
    this.url = url;
    this.headers = Map.copyOf(headers);
    this.witness = witness;
  }

  /** The same user, with someone who is shown every answer. */
  public ApiClient watchedBy(Consumer<Exchange> onlooker) {
    return new ApiClient(url, headers, witness.andThen(onlooker));
  }

  /** Somebody with a token of the identity provider. */
  public static ApiClient withToken(String url, String token) {
    return new ApiClient(url, Map.of("authorization", "Bearer " + token), _ -> {});
  }

  /** The same user, with one more header on every request. */
  public ApiClient withHeader(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new ApiClient(url, more, witness);
  }

  /**
   * A request and its answer.
   *
   * @param path with its query
   */
  public record Exchange(String method, String path, Answer answer) {}

  /**
   * What the API answered.
   *
   * @param body missing if there is none; a string if it is not JSON
   * @param headers by lower-case name
   */
  public record Answer(int status, JsonNode body, Map<String, String> headers) {

    /** The body's {@code data}. */
    public JsonNode data() {
      return body.path("data");
    }
  }

  public Answer get(String path) {
    return send("GET", path, request(path).GET());
  }

  /**
   * The first lines of plain text that has no end yet, without those that begin with #.
   *
   * @throws IllegalStateException if the answer is no success, or ends before
   */
  public List<String> firstLines(String path, int count) {
    HttpRequest follow = request(path).header("accept", "text/plain").GET().build();
    try {
      HttpResponse<InputStream> response =
          http.send(follow, HttpResponse.BodyHandlers.ofInputStream());
      try (BufferedReader body =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        List<String> lines =
            body.lines().filter(line -> !line.startsWith("#")).limit(count).toList();
        if (response.statusCode() != 200 || lines.size() < count) {
          throw new IllegalStateException("the API answered " + response.statusCode() + lines);
        }
        return lines;
      }
    } catch (IOException e) {
      throw new IllegalStateException("no answer from " + url, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  public Answer delete(String path) {
    return send("DELETE", path, request(path).DELETE());
  }

  /** Posts a value as JSON. */
  public Answer post(String path, Object body) {
    return postText(path, JSON.writeValueAsString(body));
  }

  /** Posts text as it is, called JSON. */
  public Answer postText(String path, String body) {
    return sendText("POST", path, "application/json", body);
  }

  /** Sends a value as JSON with any method. */
  public Answer send(String method, String path, Object body) {
    return sendText(method, path, "application/json", JSON.writeValueAsString(body));
  }

  /** Sends text as it is, called what is said. */
  public Answer sendText(String method, String path, String contentType, String body) {
    return send(
        method,
        path,
        request(path)
            .header("content-type", contentType)
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT);
    headers.forEach(request::header);
    return request;
  }

  private Answer send(String method, String path, HttpRequest.Builder request) {
    Answer answer = send(request);
    witness.accept(new Exchange(method, path, answer));
    return answer;
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      Map<String, String> answered =
          response.headers().map().entrySet().stream()
              .collect(
                  java.util.stream.Collectors.toMap(
                      Map.Entry::getKey, entry -> entry.getValue().getFirst()));
      return new Answer(response.statusCode(), body(response), answered);
    } catch (IOException e) {
      throw new IllegalStateException("no answer from " + url, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static JsonNode body(HttpResponse<String> response) {
    if (response.body().isEmpty()) {
      return JSON.missingNode();
    }
    boolean json =
        response.headers().firstValue("content-type").orElse("").startsWith("application/json");
    return json
        ? JSON.readTree(response.body())
        : JSON.getNodeFactory().stringNode(response.body());
  }
}
