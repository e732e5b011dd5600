package io.berth.local.aws;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The members of a request in AWS's JSON protocols; blobs are base64 there. */
public final class JsonRequest {
  static final JsonMapper JSON = JsonMapper.shared();

  private final JsonNode body;

  private JsonRequest(JsonNode body) {
    this.body = body;
  }

  /**
   * Reads a request's body.
   *
   * @throws AwsFault if it is not a JSON object
   */
  public static JsonRequest parse(byte[] body) {
    try {
      JsonNode node = JSON.readTree(body);
      if (node.isObject()) {
        return new JsonRequest(node);
      }
    } catch (JacksonException e) {
      // Answered below like any other body that is no object.
    }
    throw AwsFault.serialization("The request's body is not a JSON object");
  }

  /** A string, if it is there. */
  public Optional<String> find(String member) {
    JsonNode value = body.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw AwsFault.serialization(member + " is not a string");
    }
    return Optional.of(value.asString());
  }

  /**
   * A string that must be there.
   *
   * @throws AwsFault if it is missing or empty
   */
  public String text(String member) {
    return find(member)
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> AwsFault.validation(member + " must not be empty"));
  }

  Optional<byte[]> findBytes(String member) {
    return find(member).map(text -> decode(member, text));
  }

  byte[] bytes(String member) {
    return decode(member, text(member));
  }

  /** An integer, if it is there. */
  public Optional<Integer> findInt(String member) {
    JsonNode value = body.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.canConvertToInt()) {
      throw AwsFault.serialization(member + " is not an integer");
    }
    return Optional.of(value.asInt());
  }

  /** A boolean, if it is there. */
  public Optional<Boolean> findBoolean(String member) {
    JsonNode value = body.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isBoolean()) {
      throw AwsFault.serialization(member + " is not a boolean");
    }
    return Optional.of(value.asBoolean());
  }

  /** A map of strings, empty if missing. */
  Map<String, String> map(String member) {
    Map<String, String> map = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : body.path(member).properties()) {
      if (!entry.getValue().isString()) {
        throw AwsFault.serialization(member + " is not a map of strings");
      }
      map.put(entry.getKey(), entry.getValue().asString());
    }
    return map;
  }

  private static byte[] decode(String member, String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw AwsFault.serialization(member + " is not base64");
    }
  }
}
