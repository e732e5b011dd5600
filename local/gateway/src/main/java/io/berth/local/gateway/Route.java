package io.berth.local.gateway;

import java.util.Optional;

/**
 * One method of one resource of the API, and the function behind it.
 *
 * @param method an HTTP method in capitals, or {@code ANY}
 * @param path the resource's path, such as {@code /v1/deployments/{dseq}}
 * @param function the logical id of the function that answers
 * @param authorizer the name of the authorizer that decides first, if any
 * @param streams whether the answer reaches the client while the function writes it
 */
public record Route(
    String method, String path, String function, Optional<String> authorizer, boolean streams) {}
