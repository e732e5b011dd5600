package io.berth.local.gateway;

import java.util.Map;
import java.util.Optional;

/**
 * An {@code AWS::Serverless::StateMachine}, as far as running it goes.
 *
 * @param logicalId its name inside the template
 * @param name its {@code Name}, or the logical id
 * @param definitionUri the file of its definition, relative to the template's folder
 * @param alias its {@code AutoPublishAlias}
 * @param substitutions what stands for <code>${Name}</code> in the definition
 */
public record StateMachine(
    String logicalId,
    String name,
    Optional<String> alias,
    String definitionUri,
    Map<String, String> substitutions) {

  public StateMachine {
    substitutions = Map.copyOf(substitutions);
  }
}
