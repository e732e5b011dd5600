package io.berth.local.stack;

import static io.berth.local.stack.RunningBerth.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.providers.Persona;
import io.berth.local.providers.ProviderSimulator;
import io.berth.local.stack.ApiClient.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Events over HTTP: what the providers tell, and what they told. */
@ExtendWith(RunningBerth.class)
class EventsTest {

  @Test
  void showsWhatProvidersReportAndWhatTheyHaveForgotten(RunningBerth.Town town) {
    ProviderSimulator east = town.berth().providers().get(0);
    ProviderSimulator west = town.berth().providers().get(1);
    Leased leased = Leased.with(town.user(), Sdls.twoGroups(), List.of(east, west));

    Answer all =
        until(() -> leased.get("/events"), answer -> answer.data().get("events").size() == 3 * 5);

    JsonNode first = all.data().at("/events/0");
    assertThat(first.get("reason").asString()).isEqualTo("Scheduled");
    assertThat(first.at("/object/kind").asString()).isEqualTo("Pod");
    assertThat(first.at("/object/name").asString())
        .startsWith(first.get("service").asString() + "-");
    assertThat(all.data().get("events"))
        .extracting(event -> event.get("firstSeen").asString())
        .isSorted();
    assertThat(all.data().get("leases"))
        .extracting(lease -> lease.get("state").asString())
        .containsExactly("read", "read");

    east.persona(Persona.FORGETFUL);
    west.persona(Persona.DOWN);
    try {
      Answer later = leased.get("/events");
      assertThat(later.data().get("events")).isEqualTo(all.data().get("events"));
      assertThat(later.data().at("/leases/1/state").asString()).isEqualTo("unavailable");
    } finally {
      east.persona(Persona.NORMAL);
      west.persona(Persona.NORMAL);
    }

    String newest = all.data().at("/events/14/firstSeen").asString();
    assertThat(leased.get("/events?since=" + newest).data().get("events")).hasSize(1);
    assertThat(leased.get("/events?since=yesterday").status()).isEqualTo(400);
    leased.close();
    assertThat(leased.get("/events").data().get("events")).hasSize(15);
    assertThat(new Leased(town.user(), leased.dseq()).get("/events").status()).isEqualTo(404);
  }
}
