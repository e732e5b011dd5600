package io.berth.local.gateway.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import java.util.List;
import java.util.Map;

/** Decides through AWS's own types, by the {@code token} parameter. */
public final class TypedAuthorizer
    implements RequestHandler<APIGatewayCustomAuthorizerEvent, IamPolicyResponse> {
  @Override
  public IamPolicyResponse handleRequest(APIGatewayCustomAuthorizerEvent event, Context context) {
    var token = event.getQueryStringParameters().get("token");
    var statement =
        token.equals("bad")
            ? IamPolicyResponse.denyStatement(event.getMethodArn())
            : IamPolicyResponse.allowStatement(event.getMethodArn());
    return IamPolicyResponse.builder()
        .withPrincipalId("someone")
        .withPolicyDocument(
            IamPolicyResponse.PolicyDocument.builder()
                .withVersion(IamPolicyResponse.VERSION_2012_10_17)
                .withStatement(List.of(statement))
                .build())
        .withContext(Map.of("token", token))
        .build();
  }
}
