package io.berth.local.providers.gateway;

import io.berth.domain.Bytes;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to the gateway.
 *
 * @param query the first value of each parameter
 * @param authorization the values of the Authorization header
 * @param certificate what the client showed in the handshake, already checked
 */
record Request(
    String method,
    String path,
    Map<String, String> query,
    List<String> authorization,
    Optional<X509Certificate> certificate,
    Bytes body) {}
