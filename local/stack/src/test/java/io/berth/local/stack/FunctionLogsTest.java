package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.RunningBerth.User;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What the functions log in a whole request, as JSON lines. */
@ExtendWith(RunningBerth.class)
class FunctionLogsTest {

  @Test
  void aRequestIsFoundByItsIdAndItsTransactionByItsHash(RunningBerth.Town town) {
    User user = town.user();
    Answer created;
    List<JsonNode> lines;
    try (Eavesdropper ear = new Eavesdropper(town.berth())) {
      created = user.api().post("/v1/deployments", Sdls.create(Sdls.small(), 1));
      assertThat(created.status()).isEqualTo(201);
      lines = ear.jsonLines();
    }

    String dseq = created.data().get("dseq").asString();
    String hash = created.data().at("/signTx/transactionHash").asString();
    assertThat(lines)
        .filteredOn(line -> text(line, "function").equals("Authorize"))
        .filteredOn(line -> text(line, "requestId").equals(requestId(created)))
        .isNotEmpty()
        .allMatch(line -> text(line, "userId").equals(user.id()))
        .noneMatch(line -> text(line, "keyId").isEmpty());
    assertThat(lines)
        .filteredOn(line -> text(line, "requestId").equals(requestId(created)))
        .filteredOn(line -> text(line, "function").isEmpty())
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(text(line, "route")).isEqualTo("POST /v1/deployments");
              assertThat(text(line, "userId")).isEqualTo(user.id());
              assertThat(text(line, "dseq")).isEqualTo(dseq);
              assertThat(text(line, "keyId")).isNotEmpty();
              assertThat(text(line, "invocationId")).isNotEmpty();
            })
        .anyMatch(line -> text(line, "message").equals("answered 201"));
    assertThat(lines)
        .filteredOn(line -> text(line, "function").equals("PutOnChain"))
        .isNotEmpty()
        .allMatch(line -> text(line, "operation").equals(requestId(created)));
    assertThat(lines)
        .filteredOn(line -> text(line, "function").equals("SignTransaction"))
        .filteredOn(line -> text(line, "intent").contains(dseq))
        .isNotEmpty()
        .allMatch(line -> text(line, "operation").equals(requestId(created)))
        .allMatch(line -> text(line, "userId").equals(user.id()))
        .anyMatch(line -> text(line, "transaction").equals(hash));
    assertThat(lines)
        .filteredOn(line -> text(line, "transaction").equals(hash))
        .allMatch(line -> text(line, "intent").contains(dseq))
        .anyMatch(line -> text(line, "message").startsWith("transaction COMMITTED"))
        .anyMatch(line -> text(line, "Outcome").equals("COMMITTED"));
    assertThat(lines.toString()).doesNotContain(user.apiKey());
  }

  private static String requestId(Answer answer) {
    return answer.headers().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("X-Request-Id"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static String text(JsonNode line, String name) {
    return line.path(name).asString("");
  }
}
