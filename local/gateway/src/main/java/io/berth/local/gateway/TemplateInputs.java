package io.berth.local.gateway;

import java.util.Map;

/**
 * What a deployment knows and a template does not.
 *
 * @param parameters values for the template's parameters, over their defaults
 * @param resources what {@code Ref} and {@code Fn::GetAtt} of a resource give: keyed by {@code
 *     LogicalId} for the former and {@code LogicalId.Attribute} for the latter
 * @param region the value of {@code AWS::Region}
 * @param accountId the value of {@code AWS::AccountId}
 * @param stackName the value of {@code AWS::StackName}
 */
public record TemplateInputs(
    Map<String, String> parameters,
    Map<String, String> resources,
    String region,
    String accountId,
    String stackName) {

  public TemplateInputs {
    parameters = Map.copyOf(parameters);
    resources = Map.copyOf(resources);
  }

  /** Every parameter at its default, no resource known, in a made-up account. */
  public static TemplateInputs local() {
    return new TemplateInputs(Map.of(), Map.of(), "us-east-1", "000000000000", "berth");
  }

  /** These inputs with other values for the template's parameters. */
  public TemplateInputs withParameters(Map<String, String> values) {
    return new TemplateInputs(values, resources, region, accountId, stackName);
  }

  /** These inputs with other values for references to resources. */
  public TemplateInputs withResources(Map<String, String> values) {
    return new TemplateInputs(parameters, values, region, accountId, stackName);
  }
}
