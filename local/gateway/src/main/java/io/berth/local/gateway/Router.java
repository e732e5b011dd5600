package io.berth.local.gateway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the route of a request: first the most specific resource, then its method.
 *
 * <p>As in API Gateway, a resource without the method asked for hides less specific ones that have
 * it, and two parameters under one parent must have one name.
 */
final class Router {
  private final Map<ResourcePath, Map<String, Route>> resources =
      new TreeMap<>(ResourcePath.MOST_SPECIFIC_FIRST.thenComparing(ResourcePath::text));

  Router(List<Route> routes) {
    var siblings = new HashMap<String, String>();
    for (var route : routes) {
      var path = ResourcePath.parse(route.path());
      path.parameterParents()
          .forEach((parent, name) -> checkSibling(siblings, parent, name, route.path()));
      resources.computeIfAbsent(path, _ -> new HashMap<>()).put(route.method(), route);
    }
  }

  private static void checkSibling(
      Map<String, String> siblings, String parent, String name, String path) {
    var other = siblings.putIfAbsent(parent, name);
    if (other != null && !other.equals(name)) {
      throw new TemplateException(
          path, "API Gateway refuses {" + name + "} beside {" + other + "} under " + parent);
    }
  }

  record Match(Route route, Map<String, String> pathParameters) {}

  Optional<Match> match(String method, String path) {
    for (var resource : resources.entrySet()) {
      var parameters = resource.getKey().match(path);
      if (parameters.isPresent()) {
        var methods = resource.getValue();
        return Optional.ofNullable(methods.getOrDefault(method, methods.get("ANY")))
            .map(route -> new Match(route, parameters.get()));
      }
    }
    return Optional.empty();
  }
}
