package io.berth.local.stack;

import static io.berth.local.stack.RunningBerth.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.providers.ProviderSimulator;
import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** A deployment whose groups run with providers of the test's choice. */
record Leased(User user, String dseq) {

  /**
   * Creates a deployment and takes the n-th provider's bid for the n-th group.
   *
   * @return with the answer to {@code POST /v1/leases} not looked at
   */
  static Leased with(User user, String sdl, List<ProviderSimulator> providers) {
    Answer created = user.api().post("/v1/deployments", Sdls.create(sdl, 1));
    assertThat(created.status()).as(created.toString()).isEqualTo(201);
    String dseq = created.data().get("dseq").asString();
    List<Map<String, Object>> choices = new ArrayList<>();
    for (int group = 1; group <= providers.size(); group++) {
      choices.add(
          Map.of(
              "dseq",
              dseq,
              "gseq",
              group,
              "oseq",
              1,
              "provider",
              providers.get(group - 1).address()));
    }
    Answer _ =
        until(
            () -> user.api().get("/v1/bids/" + dseq),
            bids ->
                choices.stream()
                    .allMatch(
                        choice ->
                            StreamSupport.stream(bids.data().spliterator(), false)
                                .anyMatch(bid -> isFor(bid.at("/bid/id"), choice))));
    Answer _ = user.api().post("/v1/leases", Map.of("leases", choices));
    return new Leased(user, dseq);
  }

  private static boolean isFor(JsonNode id, Map<String, Object> choice) {
    return id.get("gseq").asInt() == (int) choice.get("gseq")
        && id.get("provider").asString().equals(choice.get("provider"));
  }

  Answer get(String suffix) {
    return user.api().get("/v1/deployments/" + dseq + suffix);
  }

  void close() {
    assertThat(user.api().delete("/v1/deployments/" + dseq).status()).isEqualTo(200);
  }
}
