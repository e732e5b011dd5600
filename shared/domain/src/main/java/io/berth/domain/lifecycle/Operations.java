package io.berth.domain.lifecycle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The operations table. Reads by id are consistent. */
public interface Operations {

  /**
   * Keeps a new operation.
   *
   * @return false if one with this id exists; nothing is changed then
   */
  boolean create(Operation operation);

  Optional<Operation> find(String id);

  /**
   * Keeps a change.
   *
   * @param from the operation as it was read
   * @param next what becomes of it; kept as the next version
   * @return false if it is no longer as it was read; nothing is changed then
   */
  boolean replace(Operation from, Operation next);

  /**
   * Operations that are not over, oldest first. May lag behind by a moment.
   *
   * @param before only those that started before
   * @param most how many at most
   */
  List<Operation> unfinished(Instant before, int most);
}
