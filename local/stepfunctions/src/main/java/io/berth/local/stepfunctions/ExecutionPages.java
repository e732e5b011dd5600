package io.berth.local.stepfunctions;

import io.berth.local.stepfunctions.asl.Flow;
import io.berth.local.stepfunctions.asl.State;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Executions as pages for people, without anything from elsewhere. */
final class ExecutionPages {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String STYLE =
      """
      body{font:14px/1.45 system-ui,sans-serif;margin:24px;color:#1c2430;background:#fbfbfc}
      h1{font-size:20px} h2{font-size:16px;margin-top:28px} a{color:#1459b8}
      table{border-collapse:collapse} td,th{padding:4px 12px 4px 0;text-align:left;vertical-align:top;border-bottom:1px solid #e3e6ea}
      pre{margin:4px 0;padding:8px;background:#f1f3f5;overflow:auto;max-width:900px;white-space:pre-wrap}
      .scroll{overflow:auto} .num{font-variant-numeric:tabular-nums}
      .badge{padding:1px 8px;border-radius:9px;background:#e3e6ea} .succeeded,.done{background:#d3f0db} .running,.current{background:#cfe3fb} .failed,.timed-out{background:#fbd7d5} .aborted{background:#e6e0ef} .recovered{background:#fbeecb}
      svg text{text-anchor:middle;font:13px system-ui,sans-serif;fill:#1c2430} svg .note{font-size:11px;fill:#5a6572}
      .state>rect{fill:#fff;stroke:#b9c0c8} .state.done>rect{fill:#eefaf1;stroke:#35a058} .state.current>rect{fill:#e6f1fd;stroke:#1459b8;stroke-width:3} .state.recovered>rect{fill:#fdf7e6;stroke:#c58a10} .state.failed>rect{fill:#fdecea;stroke:#c62f28;stroke-width:3} .state.aborted>rect{fill:#f3f0f8;stroke:#7a6a99;stroke-dasharray:5 3} .state.not-reached>rect{stroke-dasharray:2 3}
      .way{fill:none;stroke:#8a939d} .caught{stroke-dasharray:4 3;stroke:#c58a10} marker path{fill:#8a939d}
      """;

  private ExecutionPages() {}

  /** All executions, as they come. */
  static String list(List<Execution> executions, Collection<Machine> machines, Instant now) {
    StringBuilder body = new StringBuilder("<h1>Executions</h1>\n");
    body.append("<p>Of ")
        .append(Html.escape(String.join(", ", machines.stream().map(Machine::name).toList())))
        .append(
            "</p>\n<table>\n<tr><th>Execution<th>Machine<th>Status<th>State<th>Started<th>Took</tr>\n");
    for (Execution execution : executions) {
      body.append(
          "<tr><td><a href=\"/_local/executions/%s\">%s</a><td>%s<td>%s<td>%s<td class=\"num\">%s<td class=\"num\">%s</tr>\n"
              .formatted(
                  Html.escape(link(execution)),
                  Html.escape(execution.name()),
                  Html.escape(execution.machine().name()),
                  badge(execution.progress().status()),
                  Html.escape(where(execution)),
                  execution.started(),
                  took(execution, now)));
    }
    body.append("</table>\n");
    boolean live = executions.stream().anyMatch(each -> each.progress().status() == Status.RUNNING);
    return page("Executions", live, body);
  }

  private static String link(Execution execution) {
    String id = execution.machine().name() + ":" + execution.name();
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String where(Execution execution) {
    return execution.progress().status() == Status.SUCCEEDED ? "" : execution.position().state();
  }

  private static String took(Execution execution, Instant now) {
    return seconds(
        Duration.between(execution.started(), execution.progress().stopped().orElse(now)));
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f s", time.toMillis() / 1000.0);
  }

  private static String badge(Status status) {
    String name = status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return "<span class=\"badge %s\">%s</span>".formatted(name, status);
  }

  /** One execution in full. */
  static String show(Execution execution, Instant now) {
    Trace trace = new Trace(execution);
    Flow flow = execution.machine().definition().flow();
    StringBuilder body = new StringBuilder();
    body.append("<p><a href=\"/_local/executions\">Executions</a></p>\n<h1>")
        .append(Html.escape(execution.name()))
        .append(" ")
        .append(badge(execution.progress().status()))
        .append("</h1>\n");
    summary(execution, now, body);
    body.append("<h2>States</h2>\n<div class=\"scroll\">\n")
        .append(Graph.draw(flow, trace))
        .append("</div>\n<table>\n")
        .append("<tr><th>State<th>Type<th>Look<th>Entered<th>First<th>Took<th>Errors</tr>\n");
    states(flow, trace, now, execution.started(), body);
    body.append("</table>\n<h2>History</h2>\n<table>\n")
        .append("<tr><th>#<th>After<th>Event<th>State<th>Details</tr>\n");
    execution.history().events().forEach(event -> event(event, execution.started(), body));
    body.append("</table>\n");
    return page(execution.name(), execution.progress().status() == Status.RUNNING, body);
  }

  private static void summary(Execution execution, Instant now, StringBuilder body) {
    Execution.Progress progress = execution.progress();
    body.append("<table>\n");
    row(body, "Machine", execution.machine().name());
    row(body, "ARN", execution.arn());
    row(body, "Started", execution.started().toString());
    progress.stopped().ifPresent(time -> row(body, "Stopped", time.toString()));
    row(body, "Took", took(execution, now));
    if (progress.redrives() > 0) {
      row(body, "Redriven", progress.redrives() + " times");
    }
    progress
        .failure()
        .ifPresent(
            failure -> {
              row(body, "Error", failure.error());
              block(body, "Cause", readable(failure.cause()));
            });
    block(body, "Input", execution.input().toPrettyString());
    progress.output().ifPresent(output -> block(body, "Output", output.toPrettyString()));
    body.append("</table>\n");
  }

  private static void row(StringBuilder body, String name, String value) {
    body.append("<tr><th>%s<td>%s</tr>\n".formatted(name, Html.escape(value)));
  }

  private static void block(StringBuilder body, String name, String text) {
    body.append("<tr><th>%s<td><pre>%s</pre></tr>\n".formatted(name, Html.escape(text)));
  }

  /** A cause is often JSON. */
  private static String readable(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      return json.isContainer() ? json.toPrettyString() : text;
    } catch (JacksonException _) {
      return text;
    }
  }

  private static void states(
      Flow flow, Trace trace, Instant now, Instant started, StringBuilder body) {
    for (State state : flow.states().values()) {
      Optional<Trace.Visits> visits = trace.of(state.name());
      String look = Graph.look(trace, state.name());
      body.append(
          "<tr><td>%s<td>%s<td><span class=\"badge %s\">%s</span><td class=\"num\">%s<td class=\"num\">%s<td class=\"num\">%s<td>%s</tr>\n"
              .formatted(
                  Html.escape(state.name()),
                  state.type(),
                  look,
                  look.replace('-', ' '),
                  visits.map(found -> Integer.toString(found.entered())).orElse(""),
                  visits
                      .map(found -> "+" + seconds(Duration.between(started, found.first())))
                      .orElse(""),
                  visits
                      .map(
                          found ->
                              seconds(Duration.between(found.first(), found.left().orElse(now))))
                      .orElse(""),
                  Html.escape(visits.map(found -> String.join(", ", found.errors())).orElse(""))));
      state.inner().forEach(inner -> states(inner, trace, now, started, body));
    }
  }

  private static void event(HistoryEvent event, Instant started, StringBuilder body) {
    String details =
        event
            .details()
            .map(
                found ->
                    "<details><summary>%s</summary><pre>%s</pre></details>"
                        .formatted(
                            Html.escape(found.content().path("error").asString("show")),
                            Html.escape(found.content().toPrettyString())))
            .orElse("");
    body.append(
        "<tr><td class=\"num\">%d<td class=\"num\">+%s<td>%s<td>%s<td>%s</tr>\n"
            .formatted(
                event.id(),
                seconds(Duration.between(started, event.time())),
                event.type(),
                Html.escape(event.state().orElse("")),
                details));
  }

  /**
   * A whole page.
   *
   * @param live whether it asks again by itself
   */
  private static String page(String title, boolean live, CharSequence body) {
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + (live ? "<meta http-equiv=\"refresh\" content=\"2\">\n" : "")
        + "<title>"
        + Html.escape(title)
        + "</title>\n<style>\n"
        + STYLE
        + "</style>\n</head>\n<body>\n"
        + body
        + "</body>\n</html>\n";
  }
}
