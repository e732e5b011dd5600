package io.berth.local.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A resource's path in segments: literals, {@code {parameters}}, and a last {@code {greedy+}} one.
 *
 * @param text the path as the template has it
 * @param segments its parts between slashes
 */
record ResourcePath(String text, List<Segment> segments) {

  /**
   * Literals before parameters before greedy ones, from the left: the most specific comes first.
   */
  static final Comparator<ResourcePath> MOST_SPECIFIC_FIRST = ResourcePath::compareSpecificity;

  sealed interface Segment {}

  record Literal(String text) implements Segment {}

  record Parameter(String name) implements Segment {}

  record Greedy(String name) implements Segment {}

  static ResourcePath parse(String text) {
    var segments = split(text).stream().map(ResourcePath::segment).toList();
    for (var segment : segments.subList(0, Math.max(0, segments.size() - 1))) {
      if (segment instanceof Greedy greedy) {
        throw new TemplateException(text, "{" + greedy.name() + "+} must be the last segment");
      }
    }
    return new ResourcePath(text, segments);
  }

  private static Segment segment(String text) {
    if (!text.startsWith("{") || !text.endsWith("}")) {
      return new Literal(text);
    }
    var name = text.substring(1, text.length() - 1);
    return name.endsWith("+")
        ? new Greedy(name.substring(0, name.length() - 1))
        : new Parameter(name);
  }

  /** One slash at the end makes no difference, as in API Gateway. */
  private static List<String> split(String path) {
    var trimmed = path.replaceFirst("^/", "").replaceFirst("/$", "");
    return trimmed.isEmpty() ? List.of() : List.of(trimmed.split("/", -1));
  }

  /** The parameters this path gives, decoded; empty if it is not a path of this resource. */
  Optional<Map<String, String>> match(String path) {
    var parts = split(path);
    var parameters = new LinkedHashMap<String, String>();
    for (int i = 0; i < segments.size(); i++) {
      if (i >= parts.size()) {
        return Optional.empty();
      }
      var part = parts.get(i);
      switch (segments.get(i)) {
        case Literal literal when !literal.text().equals(Request.decodePath(part)) -> {
          return Optional.empty();
        }
        case Literal _ -> {}
        case Parameter _ when part.isEmpty() -> {
          return Optional.empty();
        }
        case Parameter parameter -> parameters.put(parameter.name(), Request.decodePath(part));
        case Greedy greedy -> {
          var rest = String.join("/", parts.subList(i, parts.size()));
          parameters.put(greedy.name(), Request.decodePath(rest));
          return Optional.of(parameters);
        }
      }
    }
    return parts.size() == segments.size() ? Optional.of(parameters) : Optional.empty();
  }

  private static int compareSpecificity(ResourcePath left, ResourcePath right) {
    var common = Math.min(left.segments.size(), right.segments.size());
    for (int i = 0; i < common; i++) {
      var order = Integer.compare(rank(left.segments.get(i)), rank(right.segments.get(i)));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(right.segments.size(), left.segments.size());
  }

  private static int rank(Segment segment) {
    return switch (segment) {
      case Literal _ -> 0;
      case Parameter _ -> 1;
      case Greedy _ -> 2;
    };
  }

  /** Each parameter with the path that leads to it, such as {@code /v1/deployments/}. */
  Map<String, String> parameterParents() {
    var parents = new LinkedHashMap<String, String>();
    var walked = new ArrayList<String>();
    for (var segment : segments) {
      switch (segment) {
        case Literal literal -> walked.add(literal.text());
        case Parameter parameter -> {
          parents.put("/" + String.join("/", walked), parameter.name());
          walked.add("{" + parameter.name() + "}");
        }
        case Greedy _ -> {}
      }
    }
    return parents;
  }
}
