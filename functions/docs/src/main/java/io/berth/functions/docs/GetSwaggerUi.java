package io.berth.functions.docs;

import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;

/**
 * {@code GET /v1/swagger}: a page that shows the document and tries it out, for everyone; and
 * {@code GET /v1/swagger/{file}}: what the page consists of.
 */
public final class GetSwaggerUi extends ApiHandler {

  @Override
  protected ApiResponse handle(ApiRequest request) {
    return request.hasPathParameter("file")
        ? Swagger.file(request.pathParameter("file"))
            .orElseThrow(() -> new Refusal(new Problem.NotFound("Not Found")))
        : Swagger.page();
  }
}
