package io.berth.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static Router router(String... routes) {
    return new Router(
        Arrays.stream(routes)
            .map(
                route -> {
                  var space = route.indexOf(' ');
                  return new Route(
                      route.substring(0, space),
                      route.substring(space + 1),
                      "F",
                      Optional.empty(),
                      false);
                })
            .toList());
  }

  private static Optional<String> resource(Router router, String method, String path) {
    return router.match(method, path).map(match -> match.route().path());
  }

  @Test
  void aLiteralBeatsAParameterWhichBeatsAGreedyOne() {
    var router =
        router("GET /v1/{proxy+}", "GET /v1/deployments/{dseq}", "GET /v1/deployments/deposit");
    assertThat(resource(router, "GET", "/v1/deployments/deposit"))
        .contains("/v1/deployments/deposit");
    assertThat(resource(router, "GET", "/v1/deployments/7")).contains("/v1/deployments/{dseq}");
    assertThat(resource(router, "GET", "/v1/deployments/7/logs")).contains("/v1/{proxy+}");
    assertThat(resource(router, "GET", "/v1")).isEmpty();
  }

  @Test
  void aResourceWithoutTheMethodHidesLessSpecificOnes() {
    var router = router("GET /v1/{id}", "POST /v1/deposit");
    assertThat(resource(router, "GET", "/v1/deposit")).isEmpty();
  }

  @Test
  void anyAnswersTheMethodsNotNamed() {
    var router = router("ANY /a", "GET /a");
    assertThat(router.match("GET", "/a").orElseThrow().route().method()).isEqualTo("GET");
    assertThat(router.match("PUT", "/a").orElseThrow().route().method()).isEqualTo("ANY");
  }

  @Test
  void parametersAreDecodedAfterSplitting() {
    var router = router("GET /keys/{id}", "GET /files/{path+}");
    assertThat(router.match("GET", "/keys/a%2Fb+%C3%A9").orElseThrow().pathParameters())
        .isEqualTo(Map.of("id", "a/b+é"));
    assertThat(router.match("GET", "/files/a/b%20c").orElseThrow().pathParameters())
        .isEqualTo(Map.of("path", "a/b c"));
  }

  @Test
  void aSlashAtTheEndMakesNoDifference() {
    assertThat(resource(router("GET /keys/{id}"), "GET", "/keys/1/")).contains("/keys/{id}");
    assertThat(resource(router("GET /keys/{id}"), "GET", "/keys/")).isEmpty();
    assertThat(resource(router("GET /"), "GET", "/")).contains("/");
  }

  @Test
  void twoNamesForOneParameterAreRefusedAsApiGatewayDoes() {
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> router("GET /v1/bids/{dseq}", "GET /v1/bids/{id}/log"))
        .withMessageContaining("{id} beside {dseq}");
  }

  @Test
  void aGreedyParameterMustBeLast() {
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> router("GET /v1/{proxy+}/log"))
        .withMessageContaining("must be the last segment");
  }
}
