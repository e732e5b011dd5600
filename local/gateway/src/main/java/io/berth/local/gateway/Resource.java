package io.berth.local.gateway;

import java.util.Optional;

/** Any resource of the template, for those who stand in for its service. */
public final class Resource {
  private final String logicalId;
  private final Value properties;

  Resource(String logicalId, Value properties) {
    this.logicalId = logicalId;
    this.properties = properties;
  }

  /** Its name inside the template. */
  public String logicalId() {
    return logicalId;
  }

  /**
   * The text of one of its properties, if it is written.
   *
   * @param path names from the outermost to the one of the text
   * @throws TemplateException if it is no text, or refers to what has no local value
   */
  public Optional<String> property(String... path) {
    Optional<Value> found = Optional.of(properties);
    for (String name : path) {
      found = found.flatMap(value -> value.find(name));
    }
    return found.map(Value::text);
  }
}
