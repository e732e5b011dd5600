package io.berth.functions.account;

import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.provider.OwnerTokens;
import io.berth.domain.wallet.TokenDesk;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.AuditTrail;
import io.berth.http.Fields;
import io.berth.provider.LeaseAccessJson;
import io.berth.provider.LeaseAccessRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /v1/create-jwt-token}: {@code {data: {ttl, leases}}}, a token for providers (AEP-64)
 * that lives {@code ttl} seconds.
 */
public final class CreateJwtToken extends ApiHandler {
  private final TokenDesk desk;

  /** Wired from the function's environment. */
  public CreateJwtToken() {
    this(Wiring.tokenDesk(), Wiring.trail());
  }

  CreateJwtToken(TokenDesk desk, AuditTrail trail) {
    super(trail);
    this.desk = desk;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    JsonNode body = request.body();
    Fields fields = Fields.of(body);
    Fields data = fields.object("data");
    int ttl = data.intBetween("ttl", 1, Math.toIntExact(OwnerTokens.LONGEST_LIFE.toSeconds()));
    data.foreignObject("leases");
    fields.verify();
    JsonNode leases = body.get("data").get("leases");
    List<String> problems = LeaseAccessRules.problems(leases);
    if (!problems.isEmpty()) {
      throw new Refusal(new Problem.Impossible(String.join(".\n", problems)));
    }
    return ApiResponse.created(
        Map.of("token", desk.issue(userId, Duration.ofSeconds(ttl), LeaseAccessJson.read(leases))));
  }
}
