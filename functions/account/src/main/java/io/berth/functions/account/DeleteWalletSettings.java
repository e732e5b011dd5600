package io.berth.functions.account;

import io.berth.domain.settings.UserSettings;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.AuditTrail;

/** {@code DELETE /v1/wallet-settings}. */
public final class DeleteWalletSettings extends ApiHandler {
  private final UserSettings settings;

  /** Wired from the function's environment. */
  public DeleteWalletSettings() {
    this(Wiring.settings(), Wiring.trail());
  }

  DeleteWalletSettings(UserSettings settings, AuditTrail trail) {
    super(trail);
    this.settings = settings;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    if (!settings.deleteWallet(request.principal().userId())) {
      throw WalletSettingsFields.notFound();
    }
    return ApiResponse.noContent();
  }
}
