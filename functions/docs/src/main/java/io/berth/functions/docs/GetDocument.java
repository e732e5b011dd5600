package io.berth.functions.docs;

import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * {@code GET /v1/doc}: {@code docs/openapi.yaml} as JSON, for everyone. Console's {@code scope} is
 * passed over: there is one document.
 */
public final class GetDocument extends ApiHandler {
  /** Of the document's own address, which ends with {@code /v1/doc}: whatever the stage is. */
  private static final List<Map<String, String>> SERVERS = List.of(Map.of("url", ".."));

  private final String json;

  public GetDocument() {
    Map<String, Object> served = new LinkedHashMap<>(document());
    served.put("servers", SERVERS);
    json = Json.MAPPER.writeValueAsString(served);
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    return ApiResponse.text("application/json", json, Swagger.KEPT_BRIEFLY);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> document() {
    try (InputStream yaml = GetDocument.class.getResourceAsStream("openapi.yaml")) {
      Load load = new Load(LoadSettings.builder().build());
      return (Map<String, Object>) load.loadFromInputStream(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
