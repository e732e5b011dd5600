package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.logging.LogField;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What API Gateway writes of each request, answered by a function or not. */
class AccessLogTest {
  @Test
  void saysOfARequestWhatFunctionsSayOfItUnderTheSameNames() {
    String format =
        ContractTest.template()
            .resources("AWS::Serverless::Api")
            .getFirst()
            .property("AccessLogSetting", "Format")
            .orElseThrow();
    JsonNode line = JsonMapper.shared().readTree(format);

    assertThat(line.get(LogField.REQUEST.label()).asString()).isEqualTo("$context.requestId");
    assertThat(line.get(LogField.USER.label()).asString()).isEqualTo("$context.authorizer.userId");
    assertThat(line.get(LogField.KEY.label()).asString()).isEqualTo("$context.authorizer.keyId");
    assertThat(line.get(LogField.ROUTE.label()).asString())
        .isEqualTo("$context.httpMethod $context.resourcePath");
    // A value may be missing, which is written as -; nobody may choose what is written.
    assertThat(line.properties())
        .allMatch(field -> field.getValue().isString())
        .noneMatch(field -> field.getValue().asString().matches(".*(userAgent|path\\b|header).*"));
  }
}
