package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.domain.account.Scope;
import io.berth.http.RouteAccess;
import io.berth.http.RouteAccess.Need;
import io.berth.local.gateway.Route;
import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Every documented route against every kind of caller. */
@ExtendWith(RunningBerth.class)
class RouteAccessTest {
  /**
   * What the documentation says of an operation.
   *
   * @param keys whether an API key will do
   * @param tokens whether a token of the identity provider will do
   */
  private record Documented(String route, boolean keys, boolean tokens, Set<String> scopes) {
    boolean isPublic() {
      return !keys && !tokens;
    }

    Answer call(ApiClient client) {
      return RouteAccessTest.call(route, client);
    }
  }

  /** Calls a route with made-up ids and an empty body. */
  static Answer call(String route, ApiClient client) {
    String[] parts = route.split(" ", 2);
    String path =
        parts[1]
            .replace("{id}", UUID.randomUUID().toString())
            .replace("{dseq}", "1")
            .replaceAll("\\{[a-zA-Z]+}", "akash1" + "q".repeat(38));
    return switch (parts[0]) {
      case "GET" -> client.get(path);
      case "DELETE" -> client.delete(path);
      default -> client.send(parts[0], path, Map.of());
    };
  }

  private static List<Documented> documented() {
    return OpenApi.ours().operations().stream().map(RouteAccessTest::documented).toList();
  }

  private static Documented documented(OpenApi.Operation operation) {
    Map<String, JsonNode> schemes = new HashMap<>();
    operation
        .definition()
        .get("security")
        .forEach(entry -> entry.properties().forEach(e -> schemes.put(e.getKey(), e.getValue())));
    Set<String> scopes =
        schemes.values().stream()
            .flatMap(JsonNode::valueStream)
            .map(JsonNode::asString)
            .collect(Collectors.toSet());
    return new Documented(
        operation.toString(), schemes.containsKey("ApiKey"), schemes.containsKey("Bearer"), scopes);
  }

  private static List<Documented> closed() {
    return documented().stream().filter(route -> !route.isPublic()).toList();
  }

  @Test
  void everyRouteStandsInTheTableAsTheDocumentationSays() {
    Set<String> routes =
        ContractTest.template().routes().stream()
            .map(ContractTest::name)
            .collect(Collectors.toSet());

    for (Documented documented : documented()) {
      assertThat(routes).contains(documented.route());
      assertThat(RouteAccess.of(documented.route()))
          .as(documented.route())
          .contains(need(documented));
    }
    assertThat(RouteAccess.routes()).as("no row is of a route that is not there").isEqualTo(routes);
  }

  private static Need need(Documented documented) {
    if (documented.isPublic()) {
      return new RouteAccess.Nothing();
    }
    return documented.keys()
        ? new RouteAccess.Scopes(
            documented.scopes().stream()
                .map(text -> Scope.of(text).orElseThrow())
                .collect(Collectors.toSet()))
        : new RouteAccess.Person();
  }

  @Test
  void everyRouteWithoutAuthorizerIsOneThatNeedsNobody() {
    for (Route route : ContractTest.template().routes()) {
      assertThat(
              RouteAccess.of(ContractTest.name(route)).orElseThrow() instanceof RouteAccess.Nothing)
          .as(ContractTest.name(route))
          .isEqualTo(route.authorizer().isEmpty());
    }
  }

  @Test
  void whoeverIsNobodyGetsTheSameAnswerEverywhere(RunningBerth.Town town) {
    User ann = town.user();
    String revoked = key(ann, "revoked", Map.of());
    ann.api().delete("/v1/users/api-keys/" + idOf(ann, "revoked"));
    String expired = expired(town, ann);
    String unknown = "ac.sk.local." + "0".repeat(64) + "%08x".formatted(crcOfZeros());

    for (Documented route : closed()) {
      assertUnauthorized(route, route.call(town.stranger(Optional.empty())), "Unauthorized");
      assertUnauthorized(route, route.call(town.person("a.b.c")), "Unauthorized");
      for (String key : List.of("nonsense", unknown, expired, revoked)) {
        assertUnauthorized(route, route.call(town.stranger(Optional.of(key))), "Invalid API key");
      }
    }
  }

  private static long crcOfZeros() {
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update("0".repeat(64).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    return crc.getValue();
  }

  private static String expired(RunningBerth.Town town, User user) {
    Instant soon = Instant.now().plusMillis(300);
    String key = town.berth().users().apiKey(user.id(), "short", Optional.of(soon));
    RunningBerth.until(
        () -> town.stranger(Optional.of(key)).get("/v1/deployments"),
        answer -> answer.status() == 401);
    return key;
  }

  private static void assertUnauthorized(Documented route, Answer answer, String message) {
    assertThat(answer.status()).as(route.route()).isEqualTo(401);
    assertThat(answer.body().get("message").asString()).as(route.route()).isEqualTo(message);
    assertThat(answer.body().get("code").asString()).isEqualTo("unauthorized");
  }

  @Test
  void aKeyOfOneScopeOpensWhatNeedsThatScopeAndNothingElse(RunningBerth.Town town) {
    User ann = town.user();
    for (Scope scope : Scope.values()) {
      ApiClient holder =
          town.stranger(
              Optional.of(key(ann, scope.text(), Map.of("scopes", List.of(scope.text())))));
      for (Documented route : closed()) {
        if (!route.keys()) {
          continue;
        }
        Answer answer = route.call(holder);
        String what = scope.text() + " at " + route.route() + ": " + answer.body();
        if (Set.of(scope.text()).containsAll(route.scopes())) {
          assertOpen(answer, what);
        } else {
          assertThat(answer.status()).as(what).isEqualTo(403);
          assertThat(answer.body().get("code").asString()).as(what).isEqualTo("forbidden");
        }
      }
    }
  }

  @Test
  void aKeyWithoutOneOfItsScopesDoesNotOpenARoute(RunningBerth.Town town) {
    User ann = town.user();
    for (Scope missing : Scope.values()) {
      List<String> others =
          Stream.of(Scope.values()).filter(scope -> scope != missing).map(Scope::text).toList();
      ApiClient holder =
          town.stranger(Optional.of(key(ann, "not " + missing, Map.of("scopes", others))));
      for (Documented route : closed()) {
        if (route.scopes().contains(missing.text())) {
          assertThat(route.call(holder).status())
              .as(route.route() + " without " + missing.text())
              .isEqualTo(403);
        }
      }
    }
  }

  @Test
  void fullKeysAndPeopleOpenEveryRouteOfTheirKind(RunningBerth.Town town) {
    User ann = town.user();
    ApiClient person = town.person(town.identityProvider().token(ann.id()));
    List<String> opened = new ArrayList<>();
    for (Documented route : closed()) {
      if (route.keys()) {
        assertOpen(route.call(ann.api()), "key at " + route.route());
        opened.add(route.route());
      }
      if (route.tokens()) {
        assertOpen(route.call(person), "token at " + route.route());
      }
    }
    assertThat(opened).hasSizeGreaterThan(10);
  }

  @Test
  void whoBringsTwoCredentialsIsToldSoEverywhere(RunningBerth.Town town) {
    User ann = town.user();
    ApiClient both =
        ann.api().withHeader("authorization", "Bearer " + town.identityProvider().token(ann.id()));
    for (Documented route : closed()) {
      Answer answer = route.call(both);
      assertThat(answer.status()).as(route.route()).isEqualTo(400);
      assertThat(answer.body().get("message").asString())
          .as(route.route())
          .isEqualTo("Authorization and X-Api-Key headers are mutually exclusive");
    }
  }

  private static void assertOpen(Answer answer, String what) {
    assertThat(answer.status()).as(what).isNotIn(401, 403).isLessThan(500);
  }

  private static String key(User user, String name, Map<String, Object> more) {
    Map<String, Object> data = new HashMap<>(more);
    data.put("name", name);
    Answer answer = user.api().post("/v1/users/api-keys", Map.of("data", data));
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    return answer.data().get("apiKey").asString();
  }

  private static String idOf(User user, String name) {
    return user.api()
        .get("/v1/users/api-keys")
        .data()
        .valueStream()
        .filter(key -> key.get("name").asString().equals(name))
        .findFirst()
        .orElseThrow()
        .get("id")
        .asString();
  }
}
