package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** OpenAPI's rules, as Redocly's linter knows them, and that every example fits its schema. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpenApiLintTest {
  private static final Map<String, String> QUIET =
      Map.of("REDOCLY_TELEMETRY", "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");

  @Test
  void findsNothingWrongWithTheDocument() throws Exception {
    NodeTool.Run run =
        NodeTool.installed("openapi-lint", QUIET)
            .run(
                "@redocly/cli/bin/cli.js",
                "lint",
                "--config",
                "redocly.yaml",
                RunningBerth.root().resolve("docs/openapi.yaml").toString());

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).doesNotContainIgnoringCase("you have");
  }
}
