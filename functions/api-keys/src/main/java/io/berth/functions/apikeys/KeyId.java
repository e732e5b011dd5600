package io.berth.functions.apikeys;

import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.http.ApiRequest;
import io.berth.http.Fields;

/** The id in a key's path. */
final class KeyId {
  private KeyId() {}

  /** The id, which must be a UUID. */
  static String of(ApiRequest request) {
    Fields parameters = Fields.ofParameters();
    String id = parameters.uuid("id", request.pathParameter("id"));
    parameters.verify();
    return id;
  }

  static Refusal notFound() {
    return new Refusal(new Problem.NotFound("API key not found"));
  }
}
