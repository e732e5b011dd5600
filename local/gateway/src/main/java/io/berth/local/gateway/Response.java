package io.berth.local.gateway;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * An HTTP response.
 *
 * @param status the status code
 * @param headers values by name
 * @param body the body; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // A message body: never compared, passed on once.
public record Response(int status, Map<String, List<String>> headers, byte[] body) {

  public Response {
    headers = Request.caseless(headers);
  }

  /** A response with a text body in UTF-8. */
  public static Response text(int status, String mediaType, String body) {
    return new Response(
        status, Map.of("Content-Type", List.of(mediaType)), body.getBytes(StandardCharsets.UTF_8));
  }
}
