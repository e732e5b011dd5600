package io.berth.local.stepfunctions.asl;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A state machine as its definition has it.
 *
 * @param comment what it is for; empty if it does not say
 * @param flow its states
 * @param timeout the longest that an execution may run
 * @param text the definition in JSON, with everything substituted
 */
public record Definition(String comment, Flow flow, Optional<Duration> timeout, String text) {

  /**
   * Reads a definition in JSON or YAML and checks it.
   *
   * @param substitutions what stands for {@code ${Name}} in it, as SAM's DefinitionSubstitutions
   * @throws DefinitionException if it breaks a rule of the language or uses what cannot run here
   */
  public static Definition read(String source, Map<String, String> substitutions) {
    return new DefinitionReader(source, substitutions).read();
  }
}
