package io.berth.functions.account;

import io.berth.domain.account.AccountReader;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import java.util.List;

/** {@code GET /v1/wallets?userId=}: the user's one wallet; none for anybody else. */
public final class ListWallets extends ApiHandler {
  private final AccountReader accounts;

  /** Wired from the function's environment. */
  public ListWallets() {
    this(Wiring.accounts());
  }

  ListWallets(AccountReader accounts) {
    this.accounts = accounts;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    Fields query = Fields.ofParameters();
    String asked = query.requiredQuery("userId", request.queryParameter("userId"));
    query.verify();
    return ApiResponse.ok(
        asked.equals(userId)
            ? accounts.wallet(userId).stream().map(ConsoleJson::wallet).toList()
            : List.of());
  }
}
