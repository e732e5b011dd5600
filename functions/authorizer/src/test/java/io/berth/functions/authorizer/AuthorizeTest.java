package io.berth.functions.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuthorizeTest {

  @Test
  void findsCredentialsWhateverTheCaseOfTheirHeaders() {
    assertThat(Credentials.of(Map.of("X-API-Key", List.of("k"))))
        .isEqualTo(new Credentials.Key("k"));
    assertThat(Credentials.of(Map.of("AUTHORIZATION", List.of("bearer  t"))))
        .isEqualTo(new Credentials.Token("t"));
    assertThat(Credentials.of(Map.of("accept", List.of("x")))).isEqualTo(new Credentials.None());
  }

  @Test
  void takesNoOtherAuthorizationThanBearer() {
    for (String value : new String[] {"", "Bearer", "Bearer ", "Basic eA==", "t"}) {
      assertThat(Credentials.of(Map.of("Authorization", List.of(value))))
          .as(value)
          .isEqualTo(new Credentials.None());
    }
  }

  @Test
  void doesNotChooseBetweenTwo() {
    assertThat(Credentials.of(Map.of("x-api-key", List.of("k"), "authorization", List.of("Basic"))))
        .isEqualTo(new Credentials.Both());
    assertThat(Credentials.of(Map.of("x-api-key", List.of("k"), "X-Api-Key", List.of("k"))))
        .isEqualTo(new Credentials.Key("k, k"));
    assertThat(Credentials.of(Map.of("x-api-key", List.of("k1", "k2"))))
        .isEqualTo(new Credentials.Key("k1, k2"));
  }

  @Test
  void printsNoCredentials() {
    assertThat(new Credentials.Key("secret").toString()).doesNotContain("secret");
    assertThat(new Credentials.Token("secret").toString()).doesNotContain("secret");
  }

  @Test
  void isForTheWholeStage() {
    AuthorizerRequest request =
        new AuthorizerRequest("arn:aws:execute-api:r:1:api/live/GET/v1/bids/1", null);

    assertThat(request.headers()).isEmpty();
    assertThat(request.wholeStage()).isEqualTo("arn:aws:execute-api:r:1:api/live/*");
  }

  @Test
  void answersNobodyWithTheTextThatTheGatewayKnows() {
    Authorize authorize = new Authorize(null, java.util.Optional.empty(), null);
    for (Map<String, List<String>> headers :
        List.of(Map.<String, List<String>>of(), Map.of("authorization", List.of("Bearer a.b.c")))) {
      assertThatThrownBy(
              () -> authorize.answer(new AuthorizerRequest("arn:x/live/GET/v1", headers)))
          .hasMessage("Unauthorized");
    }
  }
}
