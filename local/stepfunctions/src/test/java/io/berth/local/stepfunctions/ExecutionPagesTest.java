package io.berth.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.stepfunctions.asl.Definition;
import java.io.StringReader;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ExecutionPagesTest {
  private static final String MACHINE =
      """
      QueryLanguage: JSONata
      StartAt: Prepare
      States:
        Prepare: {Type: Pass, Comment: "Sets <things> up", Next: Split}
        Split:
          Type: Parallel
          Branches:
          - StartAt: Create
            States:
              Create: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", Arguments: {FunctionName: create}, Retry: [{ErrorEquals: [Busy]}], End: true}
          - StartAt: Hold
            States:
              Hold: {Type: Wait, Seconds: 60, End: true}
          Catch: [{ErrorEquals: [Broken], Next: Close & "return"}]
          Next: Done
        Close & "return": {Type: Pass, Next: Given up}
        Given up: {Type: Fail, Error: "<script>", Cause: "{% $string($states.input) %}"}
        Done: {Type: Succeed}
      """;

  private final Lab lab = new Lab();

  private String page(String path) {
    return lab.stepFunctions.page(path).orElseThrow();
  }

  /** The look of each state in the drawing. */
  private static String look(String page, String state) {
    Matcher matcher =
        Pattern.compile(
                "<g class=\"state ([a-z-]+)\"[^>]*>\\s*<title>" + Pattern.quote(state) + "(:|<)")
            .matcher(page);
    assertThat(matcher.find()).as("the drawing has " + state).isTrue();
    return matcher.group(1);
  }

  @Test
  void marksTheStatesInWhichAnExecutionIs() {
    lab.on("create", _ -> Lab.never());
    lab.start(MACHINE, "{}");

    String page = page("/_local/executions/run");

    assertThat(look(page, "Prepare")).isEqualTo("done");
    assertThat(look(page, "Split")).isEqualTo("current");
    assertThat(look(page, "Create")).isEqualTo("current");
    assertThat(look(page, "Hold")).isEqualTo("current");
    assertThat(look(page, "Done")).isEqualTo("not-reached");
    assertThat(page).contains("http-equiv=\"refresh\"");
  }

  @Test
  void marksWhatFailedAndWhatThatEnded() {
    lab.on("create", _ -> Lab.throwsError("Other"));
    lab.start(MACHINE, "{}");

    String page = page("/_local/executions/machine-0:run");

    assertThat(look(page, "Split")).isEqualTo("failed");
    assertThat(look(page, "Create")).isEqualTo("failed");
    assertThat(look(page, "Hold")).isEqualTo("aborted");
    assertThat(look(page, "Done")).isEqualTo("not-reached");
    assertThat(page).doesNotContain("http-equiv=\"refresh\"");
  }

  @Test
  void marksWhatRecoveredAndTellsTheErrors() {
    lab.on("create", _ -> lab.calls.size() < 3 ? Lab.throwsError("Busy") : Lab.returns("1"));
    lab.start(MACHINE, "{}");
    lab.time.runOut();

    String page = page("/_local/executions/run");

    assertThat(look(page, "Create")).isEqualTo("recovered");
    assertThat(look(page, "Hold")).isEqualTo("done");
    assertThat(look(page, "Done")).isEqualTo("done");
    assertThat(page).contains("Busy, Busy").contains("+60.000 s");
  }

  @Test
  void marksWhatWasStoppedAsAborted() {
    lab.on("create", _ -> Lab.never());
    String arn = lab.start(MACHINE, "{}");
    lab.call("StopExecution", "executionArn", arn);

    assertThat(look(page("/_local/executions/run"), "Create")).isEqualTo("aborted");
  }

  @Test
  void everyTextIsEscaped() {
    lab.on("create", _ -> Lab.throwsError("Broken"));
    lab.start(MACHINE, "{\"a\": \"</pre><script>alert(1)</script>\"}");

    String page = page("/_local/executions/run");

    assertThat(page)
        .doesNotContain("<script")
        .contains("&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;")
        .contains("Sets &lt;things&gt; up")
        .contains("Close &amp; &quot;return&quot;");
    assertThat(look(page, "Close &amp; &quot;return&quot;")).isEqualTo("done");
    assertThat(look(page, "Given up")).isEqualTo("failed");
  }

  @Test
  void theDrawingIsWellFormedAndLoadsNothing() throws Exception {
    lab.on("create", _ -> Lab.never());
    lab.start(MACHINE, "{}");
    String page = page("/_local/executions/run");
    String svg = page.substring(page.indexOf("<svg"), page.indexOf("</svg>") + 6);

    var document =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));

    assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(7);
    assertThat(page).doesNotContain("src=").doesNotContain("@import").doesNotContain("<link");
  }

  @Test
  void statesStandBelowThoseThatLeadToThemAndDoNotOverlap() {
    var flow =
        Definition.read(
                """
                QueryLanguage: JSONata
                StartAt: A
                States:
                  A: {Type: Choice, Choices: [{Condition: "{% true %}", Next: B}], Default: C}
                  B: {Type: Pass, Next: D}
                  C: {Type: Pass, Next: B}
                  D: {Type: Choice, Choices: [{Condition: "{% true %}", Next: A}], Default: E}
                  E: {Type: Succeed}
                """,
                Map.of())
            .flow();

    var boxes = FlowLayout.of(flow).boxes();

    assertThat(boxes.get("A").row()).isZero();
    assertThat(boxes.get("C").row()).isEqualTo(1);
    assertThat(boxes.get("B").row()).isEqualTo(2);
    assertThat(boxes.get("D").row()).isEqualTo(3);
    assertThat(boxes.get("E").row()).isEqualTo(4);
    assertThat(boxes.get("B").y()).isGreaterThan(boxes.get("C").y() + boxes.get("C").height());
  }

  @Test
  void theListHasTheNewestFirstWithWhereTheyAre() {
    lab.on("create", _ -> Lab.never());
    lab.start(MACHINE, "{}");
    lab.time.advance(Duration.ofSeconds(3));
    lab.startAgain(lab.machine(MACHINE), "second", "{}");

    String page = page("/_local/executions");

    assertThat(page.indexOf(">second<")).isLessThan(page.indexOf(">run<")).isPositive();
    assertThat(page)
        .contains("href=\"/_local/executions/machine-0%3Arun\"")
        .contains("RUNNING")
        .contains("<td>Split<")
        .contains("3.000 s");
    assertThat(page("/_local/executions/machine-0%3Arun")).contains("<h1>run ");
  }

  @Test
  void thereIsNoPageOfWhatIsNotHere() {
    assertThat(lab.stepFunctions.page("/_local/executions/none")).isEmpty();
    assertThat(lab.stepFunctions.page("/_local/executions/%zz")).isEmpty();
    assertThat(lab.stepFunctions.page("/_local/executionsandmore")).isEmpty();
  }
}
