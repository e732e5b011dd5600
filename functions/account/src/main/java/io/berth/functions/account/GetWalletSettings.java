package io.berth.functions.account;

import io.berth.domain.settings.UserSettings;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;

/** {@code GET /v1/wallet-settings}. */
public final class GetWalletSettings extends ApiHandler {
  private final UserSettings settings;

  /** Wired from the function's environment. */
  public GetWalletSettings() {
    this(Wiring.settings());
  }

  GetWalletSettings(UserSettings settings) {
    this.settings = settings;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    return ApiResponse.ok(
        settings
            .wallet(request.principal().userId())
            .map(WalletSettingsFields::json)
            .orElseThrow(WalletSettingsFields::notFound));
  }
}
