package io.berth.local.stepfunctions.asl;

import io.berth.local.stepfunctions.query.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Goes on by the first rule that holds.
 *
 * @param otherwise if none does; if it is empty that is an error
 */
public record Choice(String name, String comment, List<Rule> rules, Optional<Exit> otherwise)
    implements State {

  /**
   * One rule.
   *
   * @param condition gives true or false
   */
  public record Rule(Query condition, Exit exit) {}

  List<Exit> everyExit() {
    List<Exit> exits = new ArrayList<>();
    rules.forEach(rule -> exits.add(rule.exit()));
    otherwise.ifPresent(exits::add);
    return exits;
  }
}
