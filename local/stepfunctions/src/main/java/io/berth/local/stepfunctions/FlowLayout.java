package io.berth.local.stepfunctions;

import io.berth.local.stepfunctions.asl.Flow;
import io.berth.local.stepfunctions.asl.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where the states of a flow stand in a drawing: in rows, each below all that lead to it, loops
 * aside. Lengths are in pixels.
 *
 * @param boxes the states by name
 */
record FlowLayout(int width, int height, Map<String, Box> boxes) {
  /** Between two rows: room for arrows. */
  static final int ROW_GAP = 36;

  /** Around what is inside a state. */
  static final int PADDING = 12;

  /** Above what is inside a state: room for its own lines. */
  static final int HEADER = 46;

  private static final int COLUMN_GAP = 24;
  private static final int LEAF_HEIGHT = 46;
  private static final int LETTER_WIDTH = 8;
  private static final int LEAST_WIDTH = 150;

  /** Room on the right for arrows that pass by rows. */
  private static final int MARGIN = 44;

  /**
   * A state's place within its flow.
   *
   * @param row from 0
   * @param inner the flows inside it, side by side
   */
  record Box(State state, int row, int x, int y, int width, int height, List<FlowLayout> inner) {}

  private record Size(int width, int height, List<FlowLayout> inner) {}

  static FlowLayout of(Flow flow) {
    Map<String, Size> sizes = new LinkedHashMap<>();
    flow.states().forEach((name, state) -> sizes.put(name, size(state)));
    TreeMap<Integer, List<String>> rows = rows(flow);
    int widest = rows.values().stream().mapToInt(row -> width(row, sizes)).max().orElse(0);
    Map<String, Box> boxes = new HashMap<>();
    int y = 0;
    for (Map.Entry<Integer, List<String>> row : rows.entrySet()) {
      int x = (widest - width(row.getValue(), sizes)) / 2;
      int tallest = 0;
      for (String name : row.getValue()) {
        Size size = sizes.get(name);
        boxes.put(
            name,
            new Box(
                flow.state(name), row.getKey(), x, y, size.width(), size.height(), size.inner()));
        x += size.width() + COLUMN_GAP;
        tallest = Math.max(tallest, size.height());
      }
      y += tallest + ROW_GAP;
    }
    return new FlowLayout(widest + MARGIN, y - ROW_GAP, boxes);
  }

  private static int width(List<String> row, Map<String, Size> sizes) {
    return row.stream().mapToInt(name -> sizes.get(name).width()).sum()
        + COLUMN_GAP * (row.size() - 1);
  }

  private static Size size(State state) {
    List<FlowLayout> inner = state.inner().stream().map(FlowLayout::of).toList();
    int label = Math.max(LEAST_WIDTH, state.name().length() * LETTER_WIDTH + 2 * PADDING);
    if (inner.isEmpty()) {
      return new Size(label, LEAF_HEIGHT, inner);
    }
    int width = inner.stream().mapToInt(FlowLayout::width).sum() + PADDING * (inner.size() + 1);
    int height = inner.stream().mapToInt(FlowLayout::height).max().orElse(0);
    return new Size(Math.max(label, width), HEADER + height + PADDING, inner);
  }

  private static TreeMap<Integer, List<String>> rows(Flow flow) {
    Map<String, Integer> depths = new LinkedHashMap<>();
    List<String> order = new ArrayList<>();
    sort(flow, flow.startAt(), new HashMap<>(), order);
    for (String name : order.reversed()) {
      int depth = depths.getOrDefault(name, 0);
      depths.put(name, depth);
      for (String next : flow.state(name).successors()) {
        if (order.indexOf(next) < order.indexOf(name)) { // Else it leads back.
          depths.merge(next, depth + 1, Math::max);
        }
      }
    }
    TreeMap<Integer, List<String>> rows = new TreeMap<>();
    for (String name : order.reversed()) {
      rows.computeIfAbsent(depths.get(name), _ -> new ArrayList<>()).add(name);
    }
    return rows;
  }

  /** Adds a state after all that it leads to, loops aside. */
  private static void sort(
      Flow flow, String name, Map<String, Boolean> visited, List<String> order) {
    if (visited.putIfAbsent(name, true) == null) {
      Set<String> successors = flow.state(name).successors();
      successors.forEach(next -> sort(flow, next, visited, order));
      order.add(name);
    }
  }
}
