package io.berth.local.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The shape of a DynamoDB table.
 *
 * @param attributes the type of every key attribute: {@code S}, {@code N} or {@code B}
 * @param indexes its global secondary indexes
 * @param ttlAttribute holds an item's expiry in epoch seconds; empty if items do not expire
 */
public record TableDefinition(
    String name,
    Key key,
    Map<String, String> attributes,
    List<Index> indexes,
    Optional<String> ttlAttribute) {

  public TableDefinition {
    attributes = Map.copyOf(attributes);
    indexes = List.copyOf(indexes);
  }

  /** A table with nothing but a primary key. */
  public static TableDefinition of(String name, Key key, Map<String, String> attributes) {
    return new TableDefinition(name, key, attributes, List.of(), Optional.empty());
  }

  /**
   * A key.
   *
   * @param partition the attribute hashed
   * @param sort the attribute ordered by, if any
   */
  public record Key(String partition, Optional<String> sort) {}

  /**
   * A global secondary index.
   *
   * @param projection {@code ALL}, {@code KEYS_ONLY} or {@code INCLUDE}
   * @param included the attributes that an {@code INCLUDE} adds
   */
  public record Index(String name, Key key, String projection, List<String> included) {
    public Index {
      included = List.copyOf(included);
    }
  }
}
