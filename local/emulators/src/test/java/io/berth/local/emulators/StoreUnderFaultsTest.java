package io.berth.local.emulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import io.berth.local.aws.faults.DynamoDbFault;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** All tests of {@code shared/store}, on a DynamoDB of which every third request fails. */
@Tag("only-stand-ins")
class StoreUnderFaultsTest {
  private static final int MIN_TESTS = 100;

  @ParameterizedTest
  @EnumSource(DynamoDbFault.class)
  void theStoreBehavesTheSame(DynamoDbFault fault) {
    System.setProperty(DynamoDbFault.PROPERTY, fault.name());
    try {
      TestExecutionSummary summary = runStoreTests(leftOut(fault));

      assertThat(failures(summary)).isEmpty();
      assertThat(summary.getTestsSucceededCount()).isGreaterThan(MIN_TESTS);
    } finally {
      System.clearProperty(DynamoDbFault.PROPERTY);
    }
  }

  /** The tag of the tests that cannot hold, or a tag that no test has. */
  private static String leftOut(DynamoDbFault fault) {
    return fault == DynamoDbFault.ERROR_AFTER_EFFECT ? "counts-attempts" : "none";
  }

  private static TestExecutionSummary runStoreTests(String leftOut) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create(
            LauncherConfig.builder().enableLauncherSessionListenerAutoRegistration(false).build())
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage("io.berth.store"))
                .filters(TagFilter.excludeTags(leftOut))
                .build(),
            listener);
    return listener.getSummary();
  }

  private static String failures(TestExecutionSummary summary) {
    return summary.getFailures().stream()
        .map(
            failure ->
                failure.getTestIdentifier().getLegacyReportingName()
                    + " "
                    + failure.getTestIdentifier().getUniqueId()
                    + ": "
                    + failure.getException())
        .collect(Collectors.joining("\n"));
  }
}
