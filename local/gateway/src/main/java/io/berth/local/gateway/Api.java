package io.berth.local.gateway;

import java.util.List;
import java.util.Map;

/**
 * The template's one {@code AWS::Serverless::Api}.
 *
 * @param id its id in ARNs and events: here, the logical id
 * @param stage its {@code StageName}
 * @param stageVariables its {@code Variables}
 * @param binaryMediaTypes media types whose bodies travel as base64
 */
record Api(
    String id, String stage, Map<String, String> stageVariables, List<String> binaryMediaTypes) {}
