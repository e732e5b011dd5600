package io.berth.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A short walk along the way that {@code make fuzz-provider} goes on for as long as one likes. */
class ProviderFuzzerTest {
  private static final long SEED = 20261125;

  static Stream<byte[]> seeds() {
    return Stream.of(
            "{\"services\":{\"web\":{\"uris\":null,\"available\":1e400}},\"forwarded_ports\":{\"web\":[null]},\"ips\":[]}",
            "{\"message\":\"JWT has invalid claims\"}",
            "{\"access\":\"granular\",\"permissions\":[{\"provider\":\"akash1\",\"access\":\"scoped\",\"scope\":[\"logs\"]}]}",
            "\u0081\u0005hello",
            "{\"name\":\"web-1\",\"message\":\"x\",\"type\":\"Normal\",\"reason\":\"A\",\"note\":\"b\",\"object\":{\"kind\":\"Pod\",\"name\":\"web-1\"}}",
            "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n")
        .map(text -> text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void standsWhatIsCutMutilatedAndReadAsSomethingElse(byte[] seed) {
    Random random = new Random(SEED);
    for (int round = 0; round < 2_000; round++) {
      byte[] input = new byte[1 + random.nextInt(seed.length)];
      System.arraycopy(seed, 0, input, 0, input.length);
      for (int flips = random.nextInt(4); flips > 0; flips--) {
        input[random.nextInt(input.length)] = (byte) random.nextInt(256);
      }
      byte[] chosen = new byte[input.length + 1];
      chosen[0] = (byte) round;
      System.arraycopy(input, 0, chosen, 1, input.length);
      ProviderFuzzer.fuzzerTestOneInput(chosen);
    }
  }

  @Test
  void standsNothingAtAll() {
    ProviderFuzzer.fuzzerTestOneInput(new byte[0]);
  }
}
