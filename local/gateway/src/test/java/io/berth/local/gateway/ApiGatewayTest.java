package io.berth.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.local.gateway.sample.KeyAuthorizer;
import io.berth.local.gateway.sample.Streaming;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ApiGatewayTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final AtomicReference<Instant> NOW =
      new AtomicReference<>(Instant.parse("2026-01-02T03:04:05.678Z"));
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static LambdaRuntime lambda;
  private static ApiGateway gateway;

  @BeforeAll
  static void start() {
    lambda = new LambdaRuntime(Sample.template());
    gateway = start(Duration.ofMinutes(1));
  }

  private static ApiGateway start(Duration integrationTimeout) {
    return ApiGateway.start(
        Sample.template(),
        lambda,
        0,
        new ApiGateway.Options("127.0.0.1", integrationTimeout, NOW::get));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    lambda.close();
    HTTP.close();
  }

  @BeforeEach
  void forget() {
    KeyAuthorizer.EVENTS.clear();
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String path, String key) throws Exception {
    return send(request(path).header("x-api-key", key));
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  // Events

  @Test
  void aFunctionGetsTheRequestAsAProxyEvent() throws Exception {
    var response =
        send(
            request("/v1/deployments/12%2F3?state=active&tag=a&tag=b%20c&empty")
                .header("x-api-key", "good")
                .header("X-Many", "1")
                .header("X-Many", "2")
                .header("User-Agent", "test/1"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    var event = json(response);
    assertThat(event.path("resource").asString()).isEqualTo("/v1/deployments/{dseq}");
    assertThat(event.path("path").asString()).isEqualTo("/v1/deployments/12/3");
    assertThat(event.path("httpMethod").asString()).isEqualTo("GET");
    assertThat(event.path("pathParameters").toString()).isEqualTo("{\"dseq\":\"12/3\"}");
    assertThat(event.path("queryStringParameters").toString())
        .isEqualTo("{\"state\":\"active\",\"tag\":\"b c\",\"empty\":\"\"}");
    assertThat(event.path("multiValueQueryStringParameters").path("tag").toString())
        .isEqualTo("[\"a\",\"b c\"]");
    assertThat(event.path("headers").path("X-Many").asString()).isEqualTo("2");
    assertThat(event.path("multiValueHeaders").path("X-Many").toString())
        .isEqualTo("[\"1\",\"2\"]");
    assertThat(event.path("headers").path("X-Forwarded-For").asString()).isEqualTo("127.0.0.1");
    assertThat(event.path("stageVariables").toString()).isEqualTo("{\"colour\":\"blue\"}");
    assertThat(event.path("body").isNull()).isTrue();
    assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
  }

  @Test
  void theRequestContextSaysWhereAndWhen() throws Exception {
    var response = send(request("/public").header("User-Agent", "test/1"));
    var event = json(response);
    assertThat(event.path("queryStringParameters").isNull()).isTrue();
    assertThat(event.path("pathParameters").isNull()).isTrue();
    var context = event.path("requestContext");
    assertThat(context.path("resourcePath").asString()).isEqualTo("/public");
    assertThat(context.path("resourceId").asString()).hasSize(6);
    assertThat(context.path("path").asString()).isEqualTo("/public");
    assertThat(context.path("httpMethod").asString()).isEqualTo("GET");
    assertThat(context.path("stage").asString()).isEqualTo("v");
    assertThat(context.path("apiId").asString()).isEqualTo("Api");
    assertThat(context.path("accountId").asString()).isEqualTo("000000000000");
    assertThat(context.path("protocol").asString()).isEqualTo("HTTP/1.1");
    assertThat(context.path("requestTimeEpoch").asLong()).isEqualTo(NOW.get().toEpochMilli());
    assertThat(context.path("requestTime").asString()).isEqualTo("02/Jan/2026:03:04:05 +0000");
    assertThat(context.path("identity").path("sourceIp").asString()).isEqualTo("127.0.0.1");
    assertThat(context.path("identity").path("userAgent").asString()).isEqualTo("test/1");
    assertThat(context.has("authorizer")).isFalse();
    assertThat(response.headers().firstValue("x-amzn-RequestId"))
        .contains(context.path("requestId").asString());
  }

  @Test
  void handlersOfAwssEventTypesGetAndGiveThem() throws Exception {
    var response = get("/v1/deployments/deposit", "good");
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("/v1/deployments/deposit null");
    assertThat(response.headers().allValues("Content-Type")).containsExactly("text/plain");
    assertThat(response.headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2");
    assertThat(response.headers().firstValue("X-Caller").orElseThrow())
        .contains("principalId=someone", "userId=u1", "admin=true", "quota=5");
  }

  @Test
  void oneFunctionAnswersAllItsAliases() throws Exception {
    assertThat(json(get("/v2/deployments/7", "good")).path("resource").asString())
        .isEqualTo("/v2/deployments/{dseq}");
    assertThat(get("/docs/a/b", "none").body()).isEqualTo("/docs/{proxy+} {proxy=a/b}");
  }

  @Test
  void aTextBodyIsText() throws Exception {
    var response =
        send(
            request("/v1/deployments")
                .header("x-api-key", "good")
                .POST(BodyPublishers.ofString("{\"sdl\":\"größe\"}")));
    assertThat(json(response).path("body").asString()).isEqualTo("{\"sdl\":\"größe\"}");
    assertThat(json(response).path("isBase64Encoded").asBoolean()).isFalse();
  }

  @Test
  void aBodyOfABinaryMediaTypeIsBase64() throws Exception {
    var response =
        send(
            request("/public")
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(new byte[] {(byte) 0xff, 0, 1})));
    assertThat(json(response).path("body").asString()).isEqualTo("/wAB");
    assertThat(json(response).path("isBase64Encoded").asBoolean()).isTrue();
  }

  // Answers

  private static HttpRequest.Builder answering(String answer) {
    return request("/answer").POST(BodyPublishers.ofString(answer));
  }

  @Test
  void aBase64BodyIsDecodedForThoseWhoAcceptItsType() throws Exception {
    var answer = "{\"statusCode\":200,\"body\":\"/wAB\",\"isBase64Encoded\":true}";
    var accepting =
        answering(answer).header("Accept", "application/octet-stream, text/html").build();
    assertThat(HTTP.send(accepting, BodyHandlers.ofByteArray()).body()).containsExactly(0xff, 0, 1);
    assertThat(send(answering(answer).header("Accept", "text/html")).body()).isEqualTo("/wAB");
  }

  @Test
  void headersOfBothKindsAreMerged() throws Exception {
    var response =
        send(
            answering(
                """
                {"statusCode":"202",
                 "headers":{"X-One":1,"X-Both":"single","Date":"never"},
                 "multiValueHeaders":{"x-both":["a","b"]}}"""));
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().allValues("X-One")).containsExactly("1");
    assertThat(response.headers().allValues("X-Both")).containsExactly("a", "b");
    assertThat(response.headers().allValues("x-amzn-Remapped-Date")).containsExactly("never");
    assertThat(response.headers().allValues("Date")).doesNotContain("never");
  }

  @Test
  void anEmptyAnswerWithoutContentIsPassedOn() throws Exception {
    assertThat(send(answering("{\"statusCode\":204,\"body\":\"\"}")).statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "\"hello\"",
        "{}",
        "{\"statusCode\":200,\"body\":{\"a\":1}}",
        "{\"statusCode\":200,\"message\":\"hello\"}",
        "{\"statusCode\":\"OK\"}",
        "{\"statusCode\":99}",
        "{\"statusCode\":200,\"headers\":{\"A\":[1]}}",
        "not JSON",
      })
  void anAnswerThatIsNoResponseIsABadGateway(String answer) throws Exception {
    var response = send(answering(answer));
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body())
        .isEqualTo("{\"error\":\"ServerError\",\"message\":\"Internal server error\"}");
  }

  @Test
  void aFailingFunctionIsABadGatewayThatTellsNothing() throws Exception {
    var response = send(request("/fail"));
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body()).doesNotContain("hunter2");
  }

  @Test
  void aFunctionsOwnTimeoutIsABadGateway() throws Exception {
    assertThat(send(request("/stuck")).statusCode()).isEqualTo(502);
  }

  @Test
  void aFunctionSlowerThanTheGatewayWaitsIsAGatewayTimeout() throws Exception {
    try (var impatient = start(Duration.ofMillis(50))) {
      var response =
          send(
              HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + impatient.port() + "/stuck")));
      assertThat(response.statusCode()).isEqualTo(504);
      assertThat(response.body()).isEqualTo("{\"error\":\"TimeoutError\"}");
    }
  }

  @Test
  void simultaneousRequestsHaveInstancesOfTheirOwn() throws Exception {
    var one = HTTP.sendAsync(request("/meet").build(), BodyHandlers.ofString());
    var two = HTTP.sendAsync(request("/meet").build(), BodyHandlers.ofString());
    assertThat(one.get().statusCode()).isEqualTo(200);
    assertThat(one.get().body()).isNotEqualTo(two.get().body());
    assertThat(lambda.instances("MeetingFunction")).isEqualTo(2);
  }

  // Authorizers

  @Test
  void anAuthorizerGetsARequestEventWithoutTheBody() throws Exception {
    get("/v1/deployments/12%2F3?a=1", "good");
    var event = KeyAuthorizer.EVENTS.getFirst();
    assertThat(event)
        .containsEntry("type", "REQUEST")
        .containsEntry(
            "methodArn",
            "arn:aws:execute-api:us-east-1:000000000000:Api/v/GET/v1/deployments/12%2F3")
        .containsEntry("resource", "/v1/deployments/{dseq}")
        .containsEntry("httpMethod", "GET")
        .containsEntry("pathParameters", Map.of("dseq", "12/3"))
        .containsEntry("queryStringParameters", Map.of("a", "1"))
        .containsKeys("headers", "multiValueHeaders", "requestContext")
        .doesNotContainKeys("body", "isBase64Encoded");
  }

  @Test
  void theAuthorizersContextReachesTheFunctionAsStrings() throws Exception {
    var authorizer =
        json(get("/v1/deployments/7", "good")).path("requestContext").path("authorizer");
    assertThat(authorizer.path("userId").asString()).isEqualTo("u1");
    assertThat(authorizer.path("admin").isString()).isTrue();
    assertThat(authorizer.path("admin").asString()).isEqualTo("true");
    assertThat(authorizer.path("quota").isString()).isTrue();
    assertThat(authorizer.path("quota").asString()).isEqualTo("5");
    assertThat(authorizer.path("principalId").asString()).isEqualTo("someone");
    assertThat(authorizer.path("integrationLatency").isNumber()).isTrue();
  }

  @Test
  void unauthorizedIsTheTemplatesAnswer() throws Exception {
    var response = get("/v1/deployments/7", "wrong");
    var requestId = response.headers().firstValue("x-amzn-RequestId").orElseThrow();
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate")).contains("ApiKey");
    assertThat(response.headers().firstValue("X-Request")).contains(requestId);
    assertThat(response.body())
        .isEqualTo(
            "{\"error\":\"UnauthorizedError\",\"message\":\"Unauthorized\",\"requestId\":\""
                + requestId
                + "\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"denied", "other"})
  void aPolicyThatDoesNotAllowTheMethodDenies(String key) throws Exception {
    var response = get("/v1/deployments/7", key);
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("x-amzn-ErrorType")).contains("AccessDeniedException");
    assertThat(response.body())
        .isEqualTo(
            "{\"error\":\"ForbiddenError\",\"user\":\"%s\",\"on\":\"GET /v1/deployments/7\",\"why\":\"ACCESS_DENIED\"}"
                .formatted(key.equals("denied") ? "u3" : "u4"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"crash", "garbage", "nested"})
  void anAuthorizerThatFailsIsAServerError(String key) throws Exception {
    var response = get("/v1/deployments/7", key);
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("{\"error\":\"ServerError\",\"message\":null}");
    assertThat(response.headers().firstValue("x-amzn-ErrorType"))
        .contains(
            key.equals("crash")
                ? "AuthorizerFailureException"
                : "AuthorizerConfigurationException");
  }

  @Test
  void withoutCachingEveryRequestIsDecided() throws Exception {
    get("/v1/deployments/7", "good");
    get("/v1/deployments/7", "good");
    send(request("/v1/deployments/7"));
    assertThat(KeyAuthorizer.EVENTS).hasSize(3);
  }

  @Test
  void aCachedAnswerHoldsUntilItExpires() throws Exception {
    get("/v1/cached/1", "good");
    get("/v1/cached/2", "good");
    assertThat(KeyAuthorizer.EVENTS).hasSize(1);
    NOW.updateAndGet(now -> now.plusSeconds(60));
    assertThat(get("/v1/cached/1", "good").statusCode()).isEqualTo(200);
    assertThat(KeyAuthorizer.EVENTS).hasSize(2);
  }

  @Test
  void aCachedPolicyForOneMethodDeniesOthers() throws Exception {
    assertThat(get("/v1/cached/1", "narrow").statusCode()).isEqualTo(200);
    assertThat(get("/v1/cached/2", "narrow").statusCode()).isEqualTo(403);
  }

  @Test
  void anAuthorizerOfAwssTypesDecidesByQueryString() throws Exception {
    var allowed = send(request("/typed?token=t1"));
    assertThat(allowed.statusCode()).isEqualTo(200);
    assertThat(json(allowed).path("requestContext").path("authorizer").path("token").asString())
        .isEqualTo("t1");
    assertThat(send(request("/typed?token=bad")).statusCode()).isEqualTo(403);
    assertThat(send(request("/typed?token=")).statusCode()).isEqualTo(401);
  }

  @Test
  void aMissingIdentityIsUnauthorizedWithoutAsking() throws Exception {
    assertThat(send(request("/v1/cached/1")).statusCode()).isEqualTo(401);
    assertThat(KeyAuthorizer.EVENTS).isEmpty();
  }

  @Test
  void anErrorOfTheAuthorizerIsNotCached() throws Exception {
    assertThat(get("/v1/cached/1", "wrong").statusCode()).isEqualTo(401);
    assertThat(get("/v1/cached/1", "wrong").statusCode()).isEqualTo(401);
    assertThat(KeyAuthorizer.EVENTS).hasSize(2);
  }

  // Routes and limits

  @Test
  void anUnknownRouteAndAWrongMethodAreTheTemplatesAnswer() throws Exception {
    for (var request :
        List.of(request("/nowhere"), request("/v1/deployments/7").DELETE(), request("/"))) {
      var response = send(request);
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.body())
          .isEqualTo("{\"error\":\"NotFoundError\",\"stage\":\"v\",\"colour\":\"blue\"}");
    }
    assertThat(KeyAuthorizer.EVENTS).isEmpty();
  }

  @Test
  void withoutTheTemplatesWordAnUnknownRouteIsApiGatewaysOwnAnswer() throws Exception {
    var yaml = Sample.yaml();
    var from = yaml.indexOf("      GatewayResponses:");
    var plain = yaml.substring(0, from) + yaml.substring(yaml.indexOf("  AuthorizerFunction:"));
    try (var other = ApiGateway.start(Template.parse(plain, Sample.INPUTS), lambda, 0)) {
      var response =
          send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + other.port() + "/no")));
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
      assertThat(response.headers().firstValue("x-amzn-ErrorType"))
          .contains("MissingAuthenticationTokenException");
    }
  }

  @Test
  void aBodyOverTheGatewaysLimitIsRefused() throws Exception {
    var tooLarge = new byte[ApiGateway.BODY_LIMIT + 1];
    var declared =
        request("/public").expectContinue(true).POST(BodyPublishers.ofByteArray(tooLarge));
    var chunked =
        request("/public")
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooLarge)));
    for (var request : List.of(declared, chunked)) {
      var response = send(request);
      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(response.body())
          .isEqualTo("{\"message\":\"HTTP content length exceeded 10485760 bytes.\"}");
    }
  }

  @Test
  void aBodyLambdaCannotTakeIsRefused() throws Exception {
    var body = "x".repeat(7 * 1024 * 1024);
    assertThat(send(request("/public").POST(BodyPublishers.ofString(body))).statusCode())
        .isEqualTo(413);
  }

  // Streaming

  private static HttpResponse<InputStream> stream(String then) throws Exception {
    var path = "/stream?then=" + then.replace(" ", "%20");
    return HTTP.send(request(path).build(), BodyHandlers.ofInputStream());
  }

  private static String line(InputStream body) throws IOException {
    var line = new StringBuilder();
    for (var next = body.read(); next != -1 && next != '\n'; next = body.read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  @Test
  void anAnswerThatStreamsArrivesWhileItIsWritten() throws Exception {
    var response = stream("go on");

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
    assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
    try (var body = response.body()) {
      assertThat(line(body)).as("before the function ends").isEqualTo("one");
      Streaming.SEEN.release();
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("two\n");
    }
    Streaming.DONE.acquire();
  }

  @Test
  void anAnswerThatStreamsBreaksOffWhereItsFunctionFails() throws Exception {
    try (var body = stream("fail").body()) {
      assertThat(line(body)).isEqualTo("one");
      Streaming.SEEN.release();
      assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aFunctionThatFailsBeforeItStreamsIsABadIntegration() throws Exception {
    assertThat(stream("fail at once").statusCode()).isEqualTo(502);
  }

  @Test
  void aFunctionStreamsOnWhenItsClientIsGone() throws Exception {
    var response = stream("go on");
    response.body().close();
    Streaming.SEEN.release();
    Streaming.DONE.acquire();
  }

  @Test
  void aLocalPageAnswersBeforeAnyRoute() throws Exception {
    var seen = new ArrayList<Request>();
    gateway.local(
        "/_local/",
        request -> {
          seen.add(request);
          return Response.text(200, "text/plain", "hello " + request.path());
        });
    var response = send(request("/_local/faults?x=1").POST(BodyPublishers.ofString("on")));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("hello /_local/faults");
    assertThat(seen.getFirst().queryParameters()).isEqualTo(Map.of("x", List.of("1")));
    assertThat(new String(seen.getFirst().body(), StandardCharsets.UTF_8)).isEqualTo("on");
    assertThat(KeyAuthorizer.EVENTS).isEmpty();
  }

  @Test
  void aLocalPageAtTheRootIsTheRootAlone() throws Exception {
    try (var other = start(Duration.ofMinutes(1))) {
      other.local("/", _ -> Response.text(200, "text/plain", "hello"));
      var root = "http://127.0.0.1:" + other.port() + "/";
      assertThat(send(HttpRequest.newBuilder(URI.create(root))).body()).isEqualTo("hello");
      assertThat(send(HttpRequest.newBuilder(URI.create(root + "no"))).statusCode()).isEqualTo(404);
    }
  }
}
