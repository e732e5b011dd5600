package io.berth.local.gateway;

import java.time.Duration;
import java.util.Map;

/**
 * An {@code AWS::Serverless::Function}.
 *
 * @param logicalId its name inside the template
 * @param name its {@code FunctionName}, or the logical id
 * @param arn its ARN, as {@code Fn::GetAtt} gives it
 * @param codeUri where the template says its code is
 * @param handler {@code package.Class} or {@code package.Class::method}
 * @param timeout how long one invocation may take; 1 to 900 seconds
 * @param memoryMegabytes its {@code MemorySize}; not enforced here
 * @param environment its environment variables, globals merged in
 */
public record LambdaFunction(
    String logicalId,
    String name,
    String arn,
    String codeUri,
    String handler,
    Duration timeout,
    int memoryMegabytes,
    Map<String, String> environment) {

  /** What the template calls the alias that everyone invokes. */
  static final String ALIAS = "live";

  public LambdaFunction {
    environment = Map.copyOf(environment);
  }

  /** The ARN of its alias. */
  String aliasArn() {
    return arn + ":" + ALIAS;
  }
}
