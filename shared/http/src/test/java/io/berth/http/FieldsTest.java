package io.berth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.berth.domain.problem.Issue;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

  private static Fields body(String json) {
    return Fields.of(Json.MAPPER.readTree(json));
  }

  private static List<Issue> issues(Fields fields) {
    try {
      fields.verify();
      return List.of();
    } catch (Refusal refusal) {
      return ((Problem.InvalidRequest) refusal.problem()).issues();
    }
  }

  @Test
  void reportsEveryBrokenFieldAtOnceAsConsoleDoes() {
    Fields body = body("{\"data\":{\"deposit\":\"5\"}}");
    Fields data = body.object("data");
    data.string("sdl");
    data.positiveNumber("deposit");

    assertThat(issues(body))
        .extracting(Issue::code, Issue::path, Issue::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("invalid_type", List.of("data", "sdl"), "Required"),
            org.assertj.core.groups.Tuple.tuple(
                "invalid_type", List.of("data", "deposit"), "Expected number, received string"));
  }

  @Test
  void reportsAMissingObjectOnceAndNotItsFields() {
    Fields body = body("{}");
    Fields data = body.object("data");
    data.string("sdl");
    data.positiveNumber("deposit");

    assertThat(issues(body)).extracting(Issue::path).containsExactly(List.of("data"));
  }

  @Test
  void keepsDecimalsExact() {
    Fields body = body("{\"deposit\":0.1000000000000000055}");

    assertThat(body.positiveNumber("deposit"))
        .isEqualByComparingTo(new BigDecimal("0.1000000000000000055"));
  }

  @ParameterizedTest
  @CsvSource({"0", "-0.5"})
  void refusesANumberThatIsNotAboveZero(String number) {
    Fields body = body("{\"deposit\":" + number + "}");
    body.positiveNumber("deposit");

    assertThat(issues(body)).extracting(Issue::code).containsExactly("too_small");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1787390000123\"", "1787390000123"})
  void takesADseqAsNumberOrText(String value) {
    Fields body = body("{\"dseq\":" + value + "}");

    assertThat(body.dseq("dseq")).isEqualTo(1787390000123L);
    body.verify();
  }

  @ParameterizedTest
  @CsvSource({
    "abc123, invalid_type",
    "undefined, invalid_type",
    "1.5, invalid_type",
    "0x10, invalid_type",
    "0, too_small",
    "-123, too_small",
    "9223372036854775808, too_big",
    "99999999999999999999999, invalid_type"
  })
  void refusesWhatIsNoDseq(String text, String code) {
    Fields parameters = Fields.ofParameters();
    parameters.dseq("dseq", Optional.of(text));

    assertThat(issues(parameters)).extracting(Issue::code).containsExactly(code);
  }

  @Test
  void takesTheLargestDseqThatClientsCanCarry() {
    assertThat(Fields.ofParameters().dseq("dseq", Optional.of("9223372036854775807")))
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void refusesAnExpiryInThePast() {
    Fields body = body("{\"expiresAt\":\"2020-01-01T00:00:00.000Z\"}");
    body.optionalFuture("expiresAt", Instant.parse("2026-01-01T00:00:00Z"));

    assertThat(issues(body))
        .extracting(Issue::message)
        .containsExactly("Expiration date must be in the future");
  }

  @Test
  void refusesAnEmptyList() {
    Fields body = body("{\"leases\":[]}");
    body.list("leases");

    assertThatExceptionOfType(Refusal.class).isThrownBy(body::verify);
  }

  @Test
  void refusesAnAddressOfAnotherChain() {
    Fields body = body("{\"provider\":\"cosmos1hpzuekyuuegd5wfcwyflnw4h7y6hktdcy07h0g\"}");
    body.address("provider");

    assertThat(issues(body)).extracting(Issue::message).containsExactly("Invalid address");
  }

  @Test
  void namesTheItemOfAListThatIsNoAddress() {
    Fields body =
        body("{\"to\":[\"akash1365yvmc4s7awdyj3n2sav7xfx76adc6dnmlx63\",\"akash1x\",null]}");
    body.addresses("to", 3);

    assertThat(issues(body))
        .extracting(Issue::path, Issue::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(List.of("to", "1"), "Invalid address"),
            org.assertj.core.groups.Tuple.tuple(
                List.of("to", "2"), "Expected string, received null"));
  }

  @Test
  void readsNoFurtherThanTheLongestList() {
    Fields body = body("{\"to\":[\"x\",\"x\",\"x\"]}");

    assertThat(body.addresses("to", 2)).hasSize(2);
    assertThat(issues(body)).extracting(Issue::code).containsExactly("too_big");
  }

  @Test
  void reportsFieldsThatNobodyKnowsTogether() {
    Fields body = body("{\"known\":1,\"b\":1,\"a\":1}");
    body.positiveInt("known");

    assertThat(issues(body))
        .extracting(Issue::code, Issue::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "unrecognized_keys", "Unrecognized key(s) in object: 'b', 'a'"));
  }

  @Test
  void reportsUnknownFieldsOfEveryObjectThatItLookedInto() {
    Fields body = body("{\"data\":{\"leases\":[{\"gseq\":1,\"osec\":1}],\"x\":0},\"y\":0}");
    body.object("data").list("leases").getFirst().positiveInt("gseq");

    assertThat(issues(body))
        .extracting(Issue::path)
        .containsExactlyInAnyOrder(List.of(), List.of("data"), List.of("data", "leases", "0"));
  }

  @Test
  void toleratesFieldsThatClientsOfThePeerSend() {
    Fields body = body("{\"manifest\":\"[]\",\"gseq\":1}");
    body.ignore("manifest", "certificate");
    body.positiveInt("gseq");

    assertThat(issues(body)).isEmpty();
  }

  @Test
  void pointsIntoTheBodyButNotForParameters() {
    Fields body = body("{\"a/b\":{\"c~d\":[{}]}}");
    body.object("a/b").list("c~d").getFirst().string("e");
    body.dseq("dseq", Optional.of("abc"));

    assertThat(issues(body))
        .extracting(issue -> issue.details().get("pointer"))
        .containsExactly("/a~1b/c~0d/0/e", null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e19", "1e999999999", "1e-401", "1e-999999999"})
  void refusesNumbersThatNoCoinHas(String number) {
    Fields body = body("{\"deposit\":" + number + "}");
    body.positiveNumber("deposit");

    assertThat(issues(body)).hasSize(1);
  }
}
