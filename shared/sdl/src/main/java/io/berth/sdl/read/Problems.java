package io.berth.sdl.read;

import io.berth.sdl.Problem;
import io.berth.sdl.yaml.YamlValue.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Gathers problems, up to a number that nobody reads: hostile text could make very many. */
final class Problems {
  private static final int MOST = 500;

  private final List<Problem> found = new ArrayList<>();

  void add(String message, String rule, String pointer, Place place) {
    add(message, rule, pointer, place, Optional.empty());
  }

  void add(String message, String rule, String pointer, Place place, Optional<String> suggestion) {
    if (found.size() < MOST) {
      found.add(new Problem(message, rule, pointer, place.line(), place.column(), suggestion));
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** In document order; the first 500 found. */
  List<Problem> all() {
    found.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
    return List.copyOf(found);
  }
}
