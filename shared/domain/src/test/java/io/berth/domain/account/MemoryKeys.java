package io.berth.domain.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** API keys in memory, with hooks for whoever comes between. */
final class MemoryKeys implements ApiKeys {
  final List<Instant> touches = new ArrayList<>();
  int lookups;

  /** Run once, before the next change. */
  Runnable meanwhile = () -> {};

  private final Map<String, ApiKey> byId = new LinkedHashMap<>();

  @Override
  public boolean create(ApiKey key, int most) {
    if (list(key.userId()).size() >= most) {
      return false;
    }
    byId.put(key.id(), key);
    return true;
  }

  @Override
  public Optional<ApiKey> findByDigest(String digest) {
    lookups++;
    return byId.values().stream().filter(key -> key.digest().equals(digest)).findFirst();
  }

  @Override
  public Optional<ApiKey> find(String userId, String id) {
    return Optional.ofNullable(byId.get(id)).filter(key -> key.userId().equals(userId));
  }

  @Override
  public List<ApiKey> list(String userId) {
    return byId.values().stream()
        .filter(key -> key.userId().equals(userId))
        .sorted(Comparator.comparing(ApiKey::createdAt).reversed())
        .toList();
  }

  @Override
  public boolean replace(ApiKey from, ApiKey next) {
    Runnable first = meanwhile;
    meanwhile = () -> {};
    first.run();
    if (!from.equals(byId.get(from.id()))) {
      return false;
    }
    byId.put(next.id(), next);
    return true;
  }

  @Override
  public Succession succeed(ApiKey from, ApiKey next, ApiKey successor, int most) {
    if (list(from.userId()).size() >= most) {
      return Succession.TOO_MANY;
    }
    if (!replace(from, next)) {
      return Succession.CHANGED;
    }
    byId.put(successor.id(), successor);
    return Succession.DONE;
  }

  @Override
  public boolean redraw(ApiKey from, ApiKey next) {
    Runnable first = meanwhile;
    meanwhile = () -> {};
    first.run();
    if (find(from.userId(), from.id())
        .map(ApiKey::digest)
        .filter(from.digest()::equals)
        .isEmpty()) {
      return false;
    }
    byId.put(next.id(), next);
    return true;
  }

  @Override
  public boolean delete(String userId, String id) {
    return find(userId, id).map(key -> byId.remove(id)).isPresent();
  }

  @Override
  public void touch(String userId, String id, Instant at) {
    touches.add(at);
    byId.computeIfPresent(
        id,
        (same, key) ->
            new ApiKey(
                id,
                userId,
                key.digest(),
                key.keyFormat(),
                key.terms(),
                key.createdAt(),
                key.updatedAt(),
                Optional.of(at)));
  }
}
