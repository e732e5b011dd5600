package io.berth.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Counts how many calls of ports are made one after the other. No call of a round is answered
 * before all of its round have begun: where one waits for another's answer without need, the round
 * is never full; and there is no round more than was said.
 */
final class Rounds {
  private static final int PATIENCE_SECONDS = 10;

  private final int[] sizes;
  private final List<CountDownLatch> rounds;
  private final List<String> begun = new ArrayList<>();

  /**
   * @param sizes how many calls each round has
   */
  Rounds(int... sizes) {
    this.sizes = sizes;
    this.rounds = IntStream.of(sizes).mapToObj(CountDownLatch::new).toList();
  }

  /**
   * A port that answers in rounds.
   *
   * @param answers by the method's name, made of its arguments
   */
  <T> T port(Class<T> type, Map<String, Function<List<Object>, Object>> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> answer(method, arguments, answers)));
  }

  private Object answer(
      Method method, Object[] arguments, Map<String, Function<List<Object>, Object>> answers)
      throws InterruptedException {
    assertThat(answers).as("calls that are expected").containsKey(method.getName());
    CountDownLatch round = begin(method.getName());
    assertThat(round.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .as("calls begun, of rounds of %s: %s", Arrays.toString(sizes), begun)
        .isTrue();
    return answers
        .get(method.getName())
        .apply(List.of(arguments == null ? new Object[0] : arguments));
  }

  private synchronized CountDownLatch begin(String call) {
    begun.add(call);
    int before = 0;
    for (int i = 0; i < sizes.length; i++) {
      before += sizes[i];
      if (begun.size() <= before) {
        rounds.get(i).countDown();
        return rounds.get(i);
      }
    }
    throw new AssertionError("one call after the other too many: " + begun);
  }

  /** Fails if fewer calls were made than was said. */
  synchronized void assertOver() {
    assertThat(begun).hasSize(IntStream.of(sizes).sum());
  }
}
