package io.berth.provider;

import io.berth.domain.provider.LeaseAccess;
import io.berth.domain.provider.Scope;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The rules of a {@code leases} claim: those of the official SDK (chain-sdk, {@code
 * specs/jwt-schema.json}) in its words. Of a claim of one kind of access only this kind's rules are
 * reported, where the SDK adds those of every other kind.
 */
public final class LeaseAccessRules {
  private static final List<String> SCOPES = Stream.of(Scope.values()).map(Scope::text).toList();
  private static final BigInteger MAX_DSEQ = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger MAX_SEQUENCE = BigInteger.valueOf(Integer.MAX_VALUE);

  private final List<String> problems = new ArrayList<>();

  private LeaseAccessRules() {}

  /** Every rule that the claim breaks, a sentence each; none if it is valid. */
  public static List<String> problems(JsonNode leases) {
    if (!leases.isObject()) {
      return List.of("\"leases\" should be object.");
    }
    LeaseAccessRules rules = new LeaseAccessRules();
    rules.access(leases, "/leases");
    return List.copyOf(rules.problems);
  }

  private void access(JsonNode json, String at) {
    switch (kind(json, at)) {
      case "full" -> only(json, at, "access");
      case "scoped" -> {
        only(json, at, "access", "scope");
        scopes(json, at);
      }
      case "granular" -> {
        only(json, at, "access", "permissions");
        items(json, "permissions", at, this::permission);
        distinctProviders(json.path("permissions"));
      }
      default -> {} // reported
    }
  }

  private void permission(JsonNode json, String at) {
    if (isString(json, "provider", at)
        && !LeaseAccess.ADDRESS.matcher(json.get("provider").stringValue()).matches()) {
      problems.add(
          "Invalid format: \"provider\" at \"%s\" does not match pattern \"^%s$\""
              .formatted(at, LeaseAccess.ADDRESS.pattern()));
    }
    switch (kind(json, at)) {
      case "full" -> only(json, at, "provider", "access");
      case "scoped" -> {
        only(json, at, "provider", "access", "scope");
        scopes(json, at);
      }
      case "granular" -> {
        only(json, at, "provider", "access", "deployments");
        items(json, "deployments", at, this::deployment);
      }
      default -> {} // reported
    }
  }

  private void deployment(JsonNode json, String at) {
    only(json, at, "dseq", "gseq", "oseq", "scope", "services");
    if (isPresent(json, "dseq", at)) {
      number(json, "dseq", at, MAX_DSEQ);
    }
    for (String name : List.of("gseq", "oseq")) {
      if (json.has(name)) {
        number(json, name, at, MAX_SEQUENCE);
      }
    }
    if (json.has("oseq") && !json.has("gseq")) {
      problems.add("oseq requires dseq and gseq");
    }
    scopes(json, at);
    items(json, "services", at, this::service);
  }

  private void service(JsonNode json, String at) {
    if (!json.isString() || json.stringValue().isEmpty()) {
      problems.add("\"%s\" should be a service's name.".formatted(at));
    }
  }

  private void scopes(JsonNode json, String at) {
    items(
        json,
        "scope",
        at,
        (scope, where) -> {
          if (!scope.isString() || !SCOPES.contains(scope.stringValue())) {
            int slash = where.lastIndexOf('/');
            problems.add(
                "\"%s\" at \"%s\" should be one of: %s."
                    .formatted(
                        where.substring(slash + 1),
                        where.substring(0, slash),
                        String.join(", ", SCOPES)));
          }
        });
  }

  /** The kind of access; empty if it is none, which is reported. */
  private String kind(JsonNode json, String at) {
    if (!isString(json, "access", at)) {
      return "";
    }
    String kind = json.get("access").stringValue();
    if (List.of("full", "granular", "scoped").contains(kind)) {
      return kind;
    }
    problems.add("\"access\" at \"%s\" should be one of: full, granular, scoped.".formatted(at));
    return "";
  }

  /** A required list that is not empty, whose items are all different. */
  private void items(JsonNode json, String name, String at, BiConsumer<JsonNode, String> check) {
    if (!isPresent(json, name, at)) {
      return;
    }
    JsonNode list = json.get(name);
    if (!list.isArray()) {
      problems.add("\"%s\" at \"%s\" should be array.".formatted(name, at));
      return;
    }
    if (list.isEmpty()) {
      problems.add("\"%s\" at \"%s\" must have at least 1 items.".formatted(name, at));
    }
    Map<JsonNode, Integer> seen = new HashMap<>();
    for (int i = 0; i < list.size(); i++) {
      Integer before = seen.putIfAbsent(list.get(i), i);
      if (before != null) {
        problems.add(
            "\"%s\" at \"%s\" must NOT have duplicate items (items ## %d and %d are identical)."
                .formatted(name, at, i, before));
      }
      check.accept(list.get(i), at + "/" + name + "/" + i);
    }
  }

  private void distinctProviders(JsonNode permissions) {
    List<String> providers =
        permissions.valueStream().map(each -> each.path("provider").asString("")).toList();
    if (providers.stream().distinct().count() < providers.size()) {
      problems.add("Duplicate provider in permissions");
    }
  }

  private void number(JsonNode json, String name, String at, BigInteger max) {
    JsonNode value = json.get(name);
    if (!value.isIntegralNumber()) {
      problems.add("\"%s\" at \"%s\" should be integer.".formatted(name, at));
    } else if (value.bigIntegerValue().signum() <= 0) {
      problems.add("\"%s\" at \"%s\" must be at least 1.".formatted(name, at));
    } else if (value.bigIntegerValue().compareTo(max) > 0) {
      problems.add("\"%s\" at \"%s\" must be at most %s.".formatted(name, at, max));
    }
  }

  private boolean isString(JsonNode json, String name, String at) {
    if (!isPresent(json, name, at)) {
      return false;
    }
    if (!json.get(name).isString()) {
      problems.add("\"%s\" at \"%s\" should be string.".formatted(name, at));
      return false;
    }
    return true;
  }

  private boolean isPresent(JsonNode json, String name, String at) {
    if (!json.has(name)) {
      problems.add("Missing required field: \"%s\" at \"%s\".".formatted(name, at));
      return false;
    }
    return true;
  }

  private void only(JsonNode json, String at, String... names) {
    for (String name : json.propertyNames()) {
      if (!List.of(names).contains(name)) {
        problems.add("Additional property \"%s\" is not allowed at \"%s\".".formatted(name, at));
      }
    }
  }
}
