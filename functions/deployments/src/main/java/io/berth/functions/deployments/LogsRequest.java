package io.berth.functions.deployments;

import io.berth.domain.deployment.LogReader;
import io.berth.domain.problem.Refusal;
import io.berth.http.ApiRequest;
import io.berth.http.Fields;
import java.util.Locale;
import java.util.Optional;

/**
 * What a request for logs asks for: the same whether they are read or followed.
 *
 * @param asText whether plain text is wanted
 */
record LogsRequest(long dseq, LogReader.Query query, boolean asText) {
  private static final int USUAL_TAIL = 100;
  private static final int LONGEST_TAIL = 5_000;

  /**
   * Reads path, query and {@code Accept}.
   *
   * @throws Refusal 400 with every field that is not as it should be
   */
  static LogsRequest of(ApiRequest request) {
    Fields parameters = Fields.ofParameters();
    long dseq = parameters.dseq("dseq", Optional.of(request.pathParameter("dseq")));
    int tail = parameters.queryInt("tail", request.queryParameter("tail"), 1).orElse(USUAL_TAIL);
    if (tail > LONGEST_TAIL) {
      parameters.reject("tail", "Number must be less than or equal to " + LONGEST_TAIL);
    }
    parameters.verify();
    return new LogsRequest(
        dseq,
        new LogReader.Query(
            request.queryParameter("service"), request.queryParameter("provider"), tail),
        wantsText(request.header("Accept").orElse("")));
  }

  /** Whether plain text comes before what is for programs in an {@code Accept} header. */
  private static boolean wantsText(String accept) {
    for (String range : accept.split(",", -1)) {
      String type = range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
      if (type.equals("text/plain")) {
        return true;
      }
      if (type.equals("application/json") || type.equals("text/event-stream")) {
        return false;
      }
    }
    return false;
  }
}
