package io.berth.local.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * SAM's rule for globals: a resource's own scalar wins, mappings merge, lists are appended.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html">Globals</a>
 */
final class Globals {
  private Globals() {}

  static Object merge(Object global, Object own) {
    if (Plain.call(global).isPresent() || Plain.call(own).isPresent()) {
      return own;
    }
    if (global instanceof Map<?, ?> below && own instanceof Map<?, ?> above) {
      var merged = Plain.map(below);
      Plain.map(above).forEach((key, value) -> merged.merge(key, value, Globals::merge));
      return merged;
    }
    if (global instanceof List<?> first && own instanceof List<?> then) {
      var merged = new ArrayList<Object>(first);
      merged.addAll(then);
      return merged;
    }
    return own;
  }
}
