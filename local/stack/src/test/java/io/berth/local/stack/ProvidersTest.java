package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.stack.ApiClient.Answer;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The chain's providers, for everyone (console-contract.md §1.12). */
@ExtendWith(RunningBerth.class)
class ProvidersTest {

  @Test
  void listsTheProvidersOfTheChainWithWhatTheySayOfThemselves(RunningBerth.Town town) {
    Answer answer = town.stranger(Optional.empty()).get("/v1/providers");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().get("cache-control")).isEqualTo("public, max-age=60");
    assertThat(answer.body()).hasSize(town.berth().providers().size());
    for (JsonNode provider : answer.body()) {
      assertThat(provider.get("organization").asString()).isIn("alder", "birch");
      assertThat(provider.get("hostUri").asString()).startsWith("https://");
      assertThat(provider.at("/gpuModels/0/model").asString()).isEqualTo("rtx4090");
    }
  }

  @Test
  void findsSomeByTheirAddressesAndOneByItsOwn(RunningBerth.Town town) {
    ApiClient nobody = town.stranger(Optional.empty());
    String address = town.berth().providers().getFirst().address();
    String unknown = town.berth().fundingAddress();

    JsonNode some = nobody.get("/v1/providers?addresses=" + address + "," + unknown).body();
    assertThat(some).hasSize(1);
    assertThat(some.at("/0/owner").asString()).isEqualTo(address);
    assertThat(nobody.get("/v1/providers/" + address).body().get("owner").asString())
        .isEqualTo(address);
    assertThat(nobody.get("/v1/providers/" + unknown).status()).isEqualTo(404);
    String many =
        IntStream.rangeClosed(1, 21).mapToObj(Integer::toString).collect(Collectors.joining(","));
    assertThat(nobody.get("/v1/providers?addresses=" + many).status()).isEqualTo(400);
    assertThat(nobody.get("/v1/providers?scope=best").status()).isEqualTo(400);
  }
}
