package io.berth.local.stepfunctions.asl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a state does about errors: tries again, and after that goes elsewhere.
 *
 * @param retriers the first that an error matches decides
 * @param catchers likewise
 */
public record Recovery(List<Retrier> retriers, List<Catcher> catchers) {
  /** Errors fail the flow. */
  public static final Recovery NONE = new Recovery(List.of(), List.of());

  /** The retrier of an error. */
  public Optional<Retrier> retrier(String error) {
    return retriers.stream().filter(retrier -> retrier.errors().match(error)).findFirst();
  }

  /** The catcher of an error. */
  public Optional<Catcher> catcher(String error) {
    return catchers.stream().filter(catcher -> catcher.errors().match(error)).findFirst();
  }

  List<Exit> with(Exit success) {
    List<Exit> exits = new ArrayList<>();
    exits.add(success);
    catchers.forEach(catcher -> exits.add(catcher.exit()));
    return exits;
  }
}
