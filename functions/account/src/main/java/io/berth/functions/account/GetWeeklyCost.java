package io.berth.functions.account;

import io.berth.domain.account.AccountReader;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.ConsoleJson;
import java.util.Map;

/** {@code GET /v1/weekly-cost}: what the user's active leases cost in seven days, in US dollars. */
public final class GetWeeklyCost extends ApiHandler {
  private final AccountReader accounts;

  /** Wired from the function's environment. */
  public GetWeeklyCost() {
    this(Wiring.accounts());
  }

  GetWeeklyCost(AccountReader accounts) {
    this.accounts = accounts;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    return ApiResponse.ok(
        Map.of("weeklyCost", ConsoleJson.usd(accounts.weeklyCost(request.principal().userId()))));
  }
}
