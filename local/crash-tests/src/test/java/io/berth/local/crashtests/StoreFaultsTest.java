package io.berth.local.crashtests;

import io.berth.local.aws.faults.DynamoDbFault;
import io.berth.local.crashtests.Matrix.Case;
import io.berth.local.crashtests.Matrix.Recovery;
import io.berth.local.crashtests.Tripwire.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The crash matrix on a DynamoDB of which every third request fails: each flow whole, and stopped.
 * {@code make test} draws {@value #DRAWN} point of each flow and fault, {@code make crash-tests}
 * runs all.
 */
class StoreFaultsTest {
  private static final int DRAWN = 1;

  @TestFactory
  Stream<DynamicContainer> takesEffectExactlyOnceHoweverTheStoreFails() {
    return Stream.of(DynamoDbFault.values())
        .map(fault -> DynamicContainer.dynamicContainer(fault.name(), tests(fault)));
  }

  /** One matrix for the tests of a fault, closed by the stream when they have run. */
  private static Stream<DynamicTest> tests(DynamoDbFault fault) {
    Matrix matrix = new Matrix(Optional.of(fault));
    return Stream.of(Flows.values())
        .flatMap(flow -> cases(matrix, flow))
        .map(one -> DynamicTest.dynamicTest(name(one), () -> matrix.run(one)))
        .onClose(matrix::close);
  }

  /** Finding the points runs the flow whole, and checks that it took effect once. */
  private static Stream<Case> cases(Matrix matrix, Flows flow) {
    int points = matrix.callsOf(flow, false).size();
    List<Case> cases = new ArrayList<>();
    for (int call = 0; call < points; call++) {
      for (Side side : Side.values()) {
        cases.add(new Case(flow, call, side, Recovery.USER, Weather.CLEAR, false));
      }
    }
    Collections.shuffle(cases, new Random(LongRun.SEED));
    return cases.stream().limit(LongRun.ALL ? cases.size() : DRAWN);
  }

  private static String name(Case one) {
    return "%s stopped %s call %d".formatted(one.flow(), one.side(), one.call());
  }
}
