package io.berth.local.gateway;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An {@code AWS::DynamoDB::Table}, as far as a table's shape goes.
 *
 * @param logicalId its name inside the template
 * @param name its {@code TableName}, or the logical id
 * @param key its primary key
 * @param attributes the type of every key attribute: {@code S}, {@code N} or {@code B}
 * @param indexes its global secondary indexes
 * @param ttlAttribute the attribute that holds the expiry in epoch seconds, when expiry is on
 */
public record Table(
    String logicalId,
    String name,
    Key key,
    Map<String, String> attributes,
    List<Index> indexes,
    Optional<String> ttlAttribute) {

  public Table {
    attributes = Map.copyOf(attributes);
    indexes = List.copyOf(indexes);
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
   * @param name its {@code IndexName}
   * @param key its key
   * @param projection {@code ALL}, {@code KEYS_ONLY} or {@code INCLUDE}
   * @param included the attributes an {@code INCLUDE} adds
   */
  public record Index(String name, Key key, String projection, List<String> included) {

    public Index {
      included = List.copyOf(included);
    }
  }
}
