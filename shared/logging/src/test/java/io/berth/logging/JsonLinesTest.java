package io.berth.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a function writes, as CloudWatch reads it. */
class JsonLinesTest {
  private static final String SECRET = "ac.sk.local." + "0123456789abcdef".repeat(4) + "deadbeef";

  private final Logger parent = Logger.getLogger("io.berth");
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final StreamHandler handler = new StreamHandler(written, new SimpleFormatter());
  private final org.slf4j.Logger log = LoggerFactory.getLogger("io.berth.test");

  JsonLinesTest() {
    parent.addHandler(handler);
    parent.setUseParentHandlers(false);
    FunctionLogs.configure(Map.of("AWS_LAMBDA_LOG_FORMAT", "JSON"), parent);
  }

  @AfterEach
  void putBack() {
    parent.removeHandler(handler);
    parent.setUseParentHandlers(true);
    parent.setLevel(null);
  }

  private List<JsonNode> lines() {
    handler.flush();
    return written
        .toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> JsonMapper.shared().readTree(line))
        .toList();
  }

  @Test
  void aLineSaysWhenHowBadWhoAndWhat() {
    Instant before = Instant.ofEpochMilli(System.currentTimeMillis());

    log.warn("request {} was\nrefused: “{}”", 7, "no\ttab");

    JsonNode line = lines().getFirst();
    assertThat(lines()).hasSize(1);
    assertThat(Instant.parse(line.get("timestamp").asString())).isBetween(before, Instant.now());
    assertThat(line.get("level").asString()).isEqualTo("WARN");
    assertThat(line.get("logger").asString()).isEqualTo("io.berth.test");
    assertThat(line.get("message").asString()).isEqualTo("request 7 was\nrefused: “no\ttab”");
    assertThat(line.has("error")).isFalse();
  }

  @Test
  void aLineHasTheFieldsOfItsContextAndNoOthers() {
    try (LogContext _ =
        LogContext.open().with(LogField.REQUEST, "r-1").with(LogField.USER, "user-1")) {
      try (LogContext _ =
          LogContext.open().with(LogField.TRANSACTION, "AB12").with(LogField.DSEQ, null)) {
        log.info("inner");
      }
      log.info("outer");
    }
    log.info("outside");

    List<JsonNode> lines = lines();
    assertThat(lines.get(0).get("requestId").asString()).isEqualTo("r-1");
    assertThat(lines.get(0).get("transaction").asString()).isEqualTo("AB12");
    assertThat(lines.get(0).has("dseq")).isFalse();
    assertThat(lines.get(1).get("userId").asString()).isEqualTo("user-1");
    assertThat(lines.get(1).has("transaction")).isFalse();
    assertThat(lines.get(2).has("requestId")).isFalse();
  }

  @Test
  void anErrorHasItsStackAndCauses() {
    Exception cause = new IllegalStateException("disk full");
    log.error("failed", new UncheckedIOException("not kept", new java.io.IOException(cause)));

    JsonNode error = lines().getFirst().get("error");
    assertThat(lines()).hasSize(1);
    assertThat(error.get("type").asString()).isEqualTo("java.io.UncheckedIOException");
    assertThat(error.get("message").asString()).isEqualTo("not kept");
    assertThat(error.get("stack").get(0).asString()).contains("JsonLinesTest");
    assertThat(error.at("/cause/cause/message").asString()).isEqualTo("disk full");
    assertThat(error.at("/cause/cause").has("cause")).isFalse();
  }

  @Test
  void noEndlessChainOfCausesIsWritten() {
    Exception first = new IllegalStateException("first");
    first.initCause(new IllegalStateException("second", first));

    log.error("failed", first);

    assertThat(lines().getFirst().findValues("message")).hasSizeLessThan(20);
  }

  @Test
  void noSecretIsWritten() {
    try (LogContext _ = LogContext.open().with(LogField.KEY, SECRET)) {
      log.error(
          "key {}", SECRET, new IllegalStateException(SECRET, new IllegalStateException(SECRET)));
    }

    lines();
    assertThat(written.toString(StandardCharsets.UTF_8))
        .doesNotContain("0123456789abcdef")
        .contains("[redacted]");
  }

  @Test
  void whatIsCountedIsALineInTheEmbeddedMetricFormat() {
    try (LogContext _ = LogContext.open().with(LogField.REQUEST, "r-1")) {
      Metric.count("Transactions", "Outcome", "COMMITTED");
    }

    JsonNode line = lines().getFirst();
    JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
    assertThat(line.at("/_aws/Timestamp").asLong())
        .isEqualTo(Instant.parse(line.get("timestamp").asString()).toEpochMilli());
    assertThat(directive.get("Namespace").asString()).isEqualTo("Berth");
    assertThat(directive.at("/Dimensions/0/0").asString()).isEqualTo("Outcome");
    assertThat(directive.at("/Metrics/0/Name").asString()).isEqualTo("Transactions");
    assertThat(line.get("Outcome").asString()).isEqualTo("COMMITTED");
    assertThat(line.get("Transactions").asInt()).isEqualTo(1);
    assertThat(line.get("requestId").asString()).isEqualTo("r-1");
    assertThat(line.get("message").asString()).isEqualTo("Transactions Outcome=COMMITTED");
  }

  @Test
  void linesBelowTheConfiguredLevelAreNotWritten() throws UnsupportedEncodingException {
    FunctionLogs.configure(
        Map.of("AWS_LAMBDA_LOG_FORMAT", "JSON", "AWS_LAMBDA_LOG_LEVEL", "ERROR"), parent);
    log.warn("hardly");
    log.error("badly");
    FunctionLogs.configure(
        Map.of("AWS_LAMBDA_LOG_FORMAT", "JSON", "AWS_LAMBDA_LOG_LEVEL", "DEBUG"), parent);
    log.debug("closely");
    log.trace("too closely");

    assertThat(lines())
        .extracting(line -> line.get("level") + " " + line.get("message"))
        .containsExactly("\"ERROR\" \"badly\"", "\"DEBUG\" \"closely\"");
  }

  @Test
  void outsideOfLambdaNothingIsChanged() {
    SimpleFormatter plain = new SimpleFormatter();
    handler.setFormatter(plain);
    parent.setLevel(Level.CONFIG);

    FunctionLogs.configure(Map.of(), parent);
    FunctionLogs.configure(Map.of("AWS_LAMBDA_LOG_FORMAT", "Text"), parent);

    assertThat(handler.getFormatter()).isSameAs(plain);
    assertThat(parent.getLevel()).isEqualTo(Level.CONFIG);
  }
}
