package io.berth.functions.authorizer;

import java.util.List;
import java.util.Map;

/**
 * What API Gateway asks a REQUEST authorizer, as far as it is of use here.
 *
 * @param methodArn {@code arn:…:API/STAGE/METHOD/PATH}
 * @param multiValueHeaders null if there are none
 * @param requestContext null outside of API Gateway
 */
record AuthorizerRequest(
    String methodArn, Map<String, List<String>> multiValueHeaders, RequestContext requestContext) {

  /** The id under which API Gateway, the caller and the handler's logs know the request. */
  record RequestContext(String requestId) {}

  /** Empty outside of API Gateway. */
  String requestId() {
    return requestContext == null ? "" : requestContext.requestId();
  }

  Map<String, List<String>> headers() {
    return multiValueHeaders == null ? Map.of() : multiValueHeaders;
  }

  /** All methods and paths of the stage. */
  String wholeStage() {
    String[] parts = methodArn.split("/", 3);
    return parts[0] + "/" + parts[1] + "/*";
  }
}
