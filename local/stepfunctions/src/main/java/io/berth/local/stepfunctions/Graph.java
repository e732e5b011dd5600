package io.berth.local.stepfunctions;

import io.berth.local.stepfunctions.asl.Flow;
import io.berth.local.stepfunctions.asl.State;
import java.util.Locale;

/** Draws an execution's states as SVG: each in the look of what happened in it. */
final class Graph {
  private final Trace trace;
  private final StringBuilder svg = new StringBuilder();

  private Graph(Trace trace) {
    this.trace = trace;
  }

  static String draw(Flow flow, Trace trace) {
    Graph graph = new Graph(trace);
    FlowLayout layout = FlowLayout.of(flow);
    graph.svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" role="img" aria-label="Graph of the states">
        <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>
        """
            .formatted(
                layout.width() + 2 * FlowLayout.PADDING, layout.height() + 2 * FlowLayout.PADDING));
    graph.flow(layout, FlowLayout.PADDING, FlowLayout.PADDING);
    return graph.svg.append("</svg>\n").toString();
  }

  private void flow(FlowLayout layout, int x, int y) {
    svg.append("<g transform=\"translate(%d,%d)\">\n".formatted(x, y));
    layout.boxes().values().forEach(box -> arrows(layout, box));
    layout.boxes().values().forEach(this::box);
    svg.append("</g>\n");
  }

  private void arrows(FlowLayout layout, FlowLayout.Box from) {
    State state = from.state();
    String usual = state.exits().stream().findFirst().flatMap(exit -> exit.next()).orElse("");
    boolean choice = state.type().equals("Choice");
    for (String next : state.successors()) {
      String look = choice || next.equals(usual) ? "way" : "way caught";
      arrow(from, layout.boxes().get(next), look, layout.width());
    }
  }

  private void arrow(FlowLayout.Box from, FlowLayout.Box to, String look, int right) {
    String path;
    if (to.row() == from.row() + 1) {
      int x1 = from.x() + from.width() / 2;
      int y1 = from.y() + from.height();
      int x2 = to.x() + to.width() / 2;
      int half = FlowLayout.ROW_GAP / 2;
      path =
          "M%d %dC%d %d %d %d %d %d"
              .formatted(x1, y1, x1, y1 + half, x2, to.y() - half, x2, to.y());
    } else { // By the right side, past the rows between or back up.
      int x1 = from.x() + from.width();
      int y1 = from.y() + from.height() / 2;
      int x2 = to.x() + to.width();
      int y2 = to.y() + Math.min(to.height(), FlowLayout.HEADER) / 2;
      path = "M%d %dC%d %d %d %d %d %d".formatted(x1, y1, right, y1, right, y2, x2, y2);
    }
    svg.append("<path class=\"%s\" d=\"%s\" marker-end=\"url(#tip)\"/>\n".formatted(look, path));
  }

  private void box(FlowLayout.Box box) {
    String name = box.state().name();
    String look = look(trace, name);
    svg.append(
        """
        <g class="state %s" transform="translate(%d,%d)">
        <title>%s</title>
        <rect width="%d" height="%d" rx="6"/>
        <text class="name" x="%d" y="19">%s</text>
        <text class="note" x="%d" y="35">%s</text>
        """
            .formatted(
                look,
                box.x(),
                box.y(),
                Html.escape(title(box.state())),
                box.width(),
                box.height(),
                box.width() / 2,
                Html.escape(name),
                box.width() / 2,
                Html.escape(note(box.state(), look))));
    int x = FlowLayout.PADDING;
    for (FlowLayout inner : box.inner()) {
      flow(inner, x, FlowLayout.HEADER);
      x += inner.width() + FlowLayout.PADDING;
    }
    svg.append("</g>\n");
  }

  /** The look's name as a class of the style sheet. */
  static String look(Trace trace, String state) {
    return trace.look(state).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String title(State state) {
    return state.comment().isEmpty() ? state.name() : state.name() + ": " + state.comment();
  }

  private String note(State state, String look) {
    String times =
        trace
            .of(state.name())
            .filter(visits -> visits.entered() > 1)
            .map(visits -> ", " + visits.entered() + " times")
            .orElse("");
    return state.type() + ", " + look.replace('-', ' ') + times;
  }
}
