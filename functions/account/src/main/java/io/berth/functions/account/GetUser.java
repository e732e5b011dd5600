package io.berth.functions.account;

import io.berth.domain.account.Users;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.ConsoleJson;

/** {@code GET /v1/user/me}: the user who calls. */
public final class GetUser extends ApiHandler {
  private final Users users;

  /** Wired from the function's environment. */
  public GetUser() {
    this(Wiring.users());
  }

  GetUser(Users users) {
    this.users = users;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    return users
        .find(request.principal().userId())
        .map(ConsoleJson::user)
        .map(ApiResponse::ok)
        .orElseThrow(() -> new Refusal(new Problem.NotFound("User not found")));
  }
}
