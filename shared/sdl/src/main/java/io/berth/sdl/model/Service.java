package io.berth.sdl.model;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A service: what runs.
 *
 * @param command empty if the SDL has no list, as are args and env
 */
public record Service(
    String name,
    String image,
    Optional<List<String>> command,
    Optional<List<String>> args,
    Optional<List<String>> env,
    Optional<Credentials> credentials,
    Optional<Params> params,
    List<Expose> expose) {
  public Service {
    command = command.map(List::copyOf);
    args = args.map(List::copyOf);
    env = env.map(List::copyOf);
    expose = List.copyOf(expose);
  }

  /** How to pull the image. A secret: not printed. */
  public record Credentials(String host, String email, String username, String password) {
    @Override
    public String toString() {
      return "Credentials[" + host + "]";
    }
  }

  /**
   * What a service asks of its place.
   *
   * @param storage mounts by volume
   * @param permissions what it may read of its own deployment; empty if not asked for
   * @param tee kind of trusted execution, {@code cpu} or {@code cpu-gpu}
   */
  public record Params(
      SortedMap<String, Mount> storage, Optional<List<String>> permissions, Optional<String> tee) {}

  /** Where a volume is mounted. */
  public record Mount(String path, boolean readOnly) {}
}
