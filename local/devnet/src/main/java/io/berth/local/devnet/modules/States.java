package io.berth.local.devnet.modules;

import java.util.Arrays;

/** The state words in the filters of listings. */
public final class States {

  /** Whether a filter lets a state pass: the empty filter lets all. */
  public static boolean matches(String filter, Enum<?> state) {
    return filter.isEmpty() || state.name().equals(filter);
  }

  /**
   * Refuses a word that is not the name of a state.
   *
   * @throws io.grpc.StatusRuntimeException InvalidArgument
   */
  public static void check(String filter, Enum<?>[] states) {
    boolean known =
        filter.isEmpty()
            || Arrays.stream(states)
                .map(Enum::name)
                .filter(name -> !name.equals("invalid") && !name.equals("UNRECOGNIZED"))
                .anyMatch(filter::equals);
    if (!known) {
      throw Replies.invalid("invalid state value");
    }
  }

  private States() {}
}
