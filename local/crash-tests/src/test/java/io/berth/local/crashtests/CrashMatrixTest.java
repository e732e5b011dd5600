package io.berth.local.crashtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.crashtests.Matrix.Case;
import io.berth.local.crashtests.Matrix.Recovery;
import io.berth.local.crashtests.Tripwire.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The crash matrix. {@code make test} runs each point once, with recovery and weather drawn by the
 * seed, and {@value #ORDERED_DRAWN} points of each flow in ordered mode; {@code make crash-tests}
 * runs them all ({@code -Dcrash-tests=all}). A failure names its case, and {@code
 * -Dcrash-tests.seed=N} draws the same ones again.
 */
class CrashMatrixTest {
  private static final int ORDERED_DRAWN = 3;

  /** One for each case that runs at the same time. */
  private static final BlockingQueue<Matrix> MATRICES = new LinkedBlockingQueue<>();

  private static final Map<Line, List<String>> CALLS = new LinkedHashMap<>();

  /** A flow in a mode of the ledger, which makes calls of its own. */
  private record Line(Flows flow, boolean ordered) {
    static Line of(Case one) {
      return new Line(one.flow(), one.ordered());
    }
  }

  @BeforeAll
  static void findThePoints() {
    Matrix matrix = new Matrix();
    for (Flows flow : Flows.values()) {
      for (boolean ordered : List.of(false, true)) {
        CALLS.put(new Line(flow, ordered), matrix.callsOf(flow, ordered));
      }
    }
    MATRICES.add(matrix);
    for (int i = 1; i < Runtime.getRuntime().availableProcessors(); i++) {
      MATRICES.add(new Matrix());
    }
  }

  @AfterAll
  static void stop() {
    MATRICES.forEach(Matrix::close);
    if (LongRun.ALL) {
      System.out.printf(
          "CrashMatrixTest stopped %d flows at %d points%n", Flows.values().length, points());
    }
  }

  @Test
  void stopsAtNoFewerThanSixtyPoints() {
    assertThat(points()).isGreaterThanOrEqualTo(60);
  }

  private static int points() {
    return CALLS.values().stream().mapToInt(List::size).sum();
  }

  @TestFactory
  @Execution(ExecutionMode.CONCURRENT)
  Stream<DynamicTest> takesEffectExactlyOnceWhereverItStops() {
    return (LongRun.ALL ? everyCase() : aDrawOfCases())
        .stream().map(one -> DynamicTest.dynamicTest(name(one), () -> run(one)));
  }

  private static void run(Case one) throws InterruptedException {
    Matrix matrix = MATRICES.take();
    try {
      matrix.run(one);
    } finally {
      MATRICES.add(matrix);
    }
  }

  private static String name(Case one) {
    return "%s stopped %s %s (call %d), taken up by %s, chain %s%s"
        .formatted(
            one.flow(),
            one.side(),
            CALLS.get(Line.of(one)).get(one.call()),
            one.call(),
            one.recovery(),
            one.weather(),
            one.ordered() ? ", ordered" : "");
  }

  private static List<Case> everyCase() {
    List<Case> cases = new ArrayList<>();
    CALLS.forEach(
        (line, calls) -> {
          for (int call = 0; call < calls.size(); call++) {
            for (Side side : Side.values()) {
              for (Recovery recovery : Recovery.values()) {
                for (Weather weather : Weather.values()) {
                  cases.add(new Case(line.flow(), call, side, recovery, weather, line.ordered()));
                }
              }
            }
          }
        });
    return cases;
  }

  /** Every point on one side, and some in ordered mode, with recoveries and weathers in turn. */
  private static List<Case> aDrawOfCases() {
    List<Case> all = everyCase();
    Collections.shuffle(all, new Random(LongRun.SEED));
    Map<Line, Set<Integer>> drawn = new HashMap<>();
    return all.stream()
        .filter(
            one -> {
              Set<Integer> calls = drawn.computeIfAbsent(Line.of(one), _ -> new HashSet<>());
              return !(one.ordered() && calls.size() == ORDERED_DRAWN) && calls.add(one.call());
            })
        .toList();
  }
}
