package io.berth.functions.account;

import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.settings.UserSettings;
import io.berth.domain.settings.WalletSettings;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.AuditTrail;
import io.berth.http.Fields;

/**
 * {@code PUT} and {@code POST /v1/wallet-settings}: what is not given stays as it was. To turn
 * recharging on takes a card, and Berth charges none yet: it answers as Console does to whoever has
 * none.
 */
public final class SetWalletSettings extends ApiHandler {
  private final UserSettings settings;

  /** Wired from the function's environment. */
  public SetWalletSettings() {
    this(Wiring.settings(), Wiring.trail());
  }

  SetWalletSettings(UserSettings settings, AuditTrail trail) {
    super(trail);
    this.settings = settings;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    String userId = request.principal().userId();
    Fields body = Fields.of(request.body());
    Fields data = body.object("data");
    boolean enabled = data.bool("autoReloadEnabled");
    WalletSettings changed =
        WalletSettingsFields.read(data, settings.wallet(userId).orElse(WalletSettings.DEFAULT));
    body.verify();
    if (enabled) {
      throw new Refusal(new Problem.NotFound("User payments not set up"));
    }
    settings.putWallet(userId, changed);
    return ApiResponse.ok(WalletSettingsFields.json(changed));
  }
}
