package io.berth.domain.problem;

import java.util.List;
import java.util.Map;

/**
 * One broken rule of a request's field, in the shape that Console clients know (zod issues).
 *
 * @param code such as {@code invalid_type}, {@code too_small}, {@code custom}
 * @param path the field, from the outside in; list positions as decimal text
 * @param details further members, such as {@code expected} and {@code received}
 */
public record Issue(String code, List<String> path, String message, Map<String, Object> details) {
  public Issue {
    path = List.copyOf(path);
    details = Map.copyOf(details);
  }
}
