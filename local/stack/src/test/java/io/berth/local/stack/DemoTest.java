package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.local.stack.RunningBerth.Town;
import io.berth.local.stack.RunningBerth.User;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code make demo} tells the whole story, and cleans up after itself. */
@ExtendWith(RunningBerth.class)
class DemoTest {
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);

  @Test
  void tellsOfPricesAndPlacesAndLeavesNothingBehind(Town town) {
    User ann = town.user();

    new Demo(town.berth().url(), ann.api(), Duration.ofSeconds(60), out).play(Sdls.example());

    assertThat(told.toString(StandardCharsets.UTF_8))
        .containsPattern("uact a block, \\d+\\.\\d{4} USD an hour, \\d+\\.\\d{4} USD a month")
        .containsPattern("https://\\S+")
        .contains(town.berth().url() + "/#/deployments/")
        .containsPattern("it cost \\d+\\.\\d{4} USD")
        .contains("nothing of it is left");
    assertNothingIsLeft(ann);
  }

  @Test
  void leavesNothingBehindWhenItFailsHalfWay(Town town) {
    User ann = town.user();
    String tooCheap = Sdls.example().replaceAll("amount: \\d+", "amount: 1");
    Demo demo = new Demo(town.berth().url(), ann.api(), Duration.ofSeconds(1), out);

    assertThatThrownBy(() -> demo.play(tooCheap))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("gave up waiting");

    assertNothingIsLeft(ann);
  }

  private static void assertNothingIsLeft(User user) {
    assertThat(user.api().get("/v1/deployments").data().get("deployments")).isEmpty();
    assertThat(user.api().get("/v1/users/api-keys").data())
        .extracting(key -> key.get("name").asString())
        .doesNotContain("make demo");
  }
}
