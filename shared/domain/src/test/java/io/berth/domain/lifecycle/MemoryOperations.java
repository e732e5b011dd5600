package io.berth.domain.lifecycle;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The table in memory. */
final class MemoryOperations implements Operations {
  private final Map<String, Operation> operations = new ConcurrentHashMap<>();

  @Override
  public boolean create(Operation operation) {
    return operations.putIfAbsent(operation.id(), operation) == null;
  }

  @Override
  public Optional<Operation> find(String id) {
    return Optional.ofNullable(operations.get(id));
  }

  @Override
  public boolean replace(Operation from, Operation next) {
    return operations.replace(from.id(), from, next.next());
  }

  @Override
  public List<Operation> unfinished(Instant before, int most) {
    return operations.values().stream()
        .filter(operation -> !operation.isOver() && operation.startedAt().isBefore(before))
        .sorted(Comparator.comparing(Operation::startedAt))
        .limit(most)
        .toList();
  }
}
