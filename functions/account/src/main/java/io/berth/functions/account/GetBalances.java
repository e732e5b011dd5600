package io.berth.functions.account;

import io.berth.domain.account.AccountReader;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import java.util.Optional;

/** {@code GET /v1/balances?address=}: the user's money, and nobody else's. */
public final class GetBalances extends ApiHandler {
  private final AccountReader accounts;

  /** Wired from the function's environment. */
  public GetBalances() {
    this(Wiring.accounts());
  }

  GetBalances(AccountReader accounts) {
    this.accounts = accounts;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    Fields query = Fields.ofParameters();
    Optional<String> address = query.queryAddress("address", request.queryParameter("address"));
    query.verify();
    return ApiResponse.ok(ConsoleJson.balance(accounts.balance(userId, address)));
  }
}
