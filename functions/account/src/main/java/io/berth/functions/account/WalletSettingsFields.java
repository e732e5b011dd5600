package io.berth.functions.account;

import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.settings.WalletSettings;
import io.berth.domain.settings.WalletSettings.Mode;
import io.berth.http.Fields;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Wallet settings as Console reads and writes them (console-contract.md §1.8). */
final class WalletSettingsFields {
  private static final List<String> MODES = List.of("threshold", "prediction");
  private static final int LEAST_THRESHOLD_USD = 5;
  private static final int LEAST_AMOUNT_USD = 20;
  private static final int MOST_USD = 10_000;

  private WalletSettingsFields() {}

  /** The settings in a request; what is not in it is as before. */
  static WalletSettings read(Fields data, WalletSettings before) {
    return new WalletSettings(
        mode(data, before.mode()),
        usd(data, "autoReloadThreshold", LEAST_THRESHOLD_USD, before.thresholdUsd()),
        usd(data, "autoReloadAmount", LEAST_AMOUNT_USD, before.amountUsd()));
  }

  private static Mode mode(Fields data, Mode before) {
    if (!data.isPresent("autoReloadMode")) {
      return before;
    }
    String name = data.oneOf("autoReloadMode", MODES);
    return MODES.contains(name) ? Mode.valueOf(name.toUpperCase(Locale.ROOT)) : before;
  }

  private static BigDecimal usd(Fields data, String name, int least, BigDecimal before) {
    return data.isPresent(name) ? data.usdBetween(name, least, MOST_USD) : before;
  }

  static Map<String, Object> json(WalletSettings settings) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("autoReloadEnabled", false);
    json.put("autoReloadMode", settings.mode().name().toLowerCase(Locale.ROOT));
    json.put("autoReloadThreshold", settings.thresholdUsd());
    json.put("autoReloadAmount", settings.amountUsd());
    return json;
  }

  static Refusal notFound() {
    return new Refusal(new Problem.NotFound("WalletSetting Not Found"));
  }
}
