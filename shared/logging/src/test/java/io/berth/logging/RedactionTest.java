package io.berth.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private static final String HEX = "0123456789abcdef".repeat(4);
  private static final String WORDS =
      "slush patrol ozone drill grab fiber curtain grace pudding thank cruise elder";

  @Test
  void anApiKeyKeepsItsEnvironmentOnly() {
    assertThat(Redaction.of("key ac.sk.local." + HEX + "deadbeef refused"))
        .isEqualTo("key ac.sk.local.[redacted] refused");
    assertThat(Redaction.of("{\"x-api-key\":\"ac.sk.production." + HEX.substring(0, 9) + "\"}"))
        .isEqualTo("{\"x-api-key\":\"ac.sk.production.[redacted]\"}");
  }

  @Test
  void aKeyAsListsShowItStays() {
    String shown = "ac.sk.local.0123***cdef01";
    assertThat(Redaction.of(shown)).isEqualTo(shown);
  }

  @Test
  void aTokenGoesWhole() {
    String token = "eyJhbGciOiJFUzI1NksifQ.eyJpc3MiOiJha2FzaDEifQ.c2lnbmF0dXJl_-x";
    assertThat(Redaction.of("sent " + token + " to it")).isEqualTo("sent [redacted] to it");
    assertThat(Redaction.of("cut: " + token.substring(0, 40))).isEqualTo("cut: [redacted]");
    assertThat(Redaction.of("Authorization: Bearer abc.def/x== (1)"))
        .isEqualTo("Authorization: Bearer [redacted] (1)");
  }

  @Test
  void aMnemonicGoesWhole() {
    assertThat(Redaction.of("read: " + WORDS)).isEqualTo("read: [redacted]");
    assertThat(Redaction.of("[" + WORDS.replace(" ", ", ") + ", " + WORDS + "]"))
        .isEqualTo("[[redacted]]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /v1/deployments answered 201 in 532 ms",
        "create-deployment/user-1/1234567#1",
        "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF",
        "refused to sign intent close/ann/1#1: own-actor: a message acts for another address",
        "the node does not answer, so it is not known whether this one has been put in a block yet",
        "3f0c8c1e-51a4-4c3b-9f37-2d1b6a1a9f00"
      })
  void whatIsNoSecretStays(String text) {
    assertThat(Redaction.of(text)).isEqualTo(text);
  }
}
