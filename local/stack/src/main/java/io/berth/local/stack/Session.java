package io.berth.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running local system, as {@code local/target/session.json} tells of it.
 *
 * @param url where the API answers
 * @param apiKey of the funded demo user
 * @param dynamoDb where DynamoDB answers, for the operator's commands
 * @param pid of the process
 */
record Session(String url, String apiKey, String dynamoDb, long pid) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Path file(Path root) {
    return root.resolve("local/target/session.json");
  }

  void write(Path root) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("url", url);
    json.put("apiKey", apiKey);
    json.put("dynamoDb", dynamoDb);
    json.put("pid", pid);
    Files.createDirectories(file(root).getParent());
    Files.writeString(file(root), JSON.writeValueAsString(json) + "\n");
  }

  static Session read(Path root) throws IOException {
    JsonNode json = JSON.readTree(Files.readString(file(root)));
    return new Session(
        json.get("url").asString(),
        json.get("apiKey").asString(),
        json.get("dynamoDb").asString(),
        json.get("pid").asLong());
  }
}
