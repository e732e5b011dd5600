package io.berth.functions.account;

import io.berth.domain.account.AccountReader;
import io.berth.domain.account.Activation;
import io.berth.domain.account.Registration;
import io.berth.domain.account.Users;
import io.berth.domain.audit.AuditLog;
import io.berth.domain.funding.Funding;
import io.berth.domain.settings.UserSettings;
import io.berth.domain.wallet.TokenDesk;
import io.berth.http.AuditTrail;
import io.berth.runtime.Adapters;
import io.berth.runtime.AuditTrails;
import io.berth.runtime.AwsClients;
import io.berth.runtime.LambdaActivations;
import io.berth.runtime.Services;
import io.berth.runtime.Settings;
import java.math.BigInteger;
import java.time.InstantSource;

/** Puts the account functions together. */
final class Wiring {
  private Wiring() {}

  static TokenDesk tokenDesk() {
    return Services.tokenDesk();
  }

  static AuditTrail trail() {
    return AuditTrails.trail();
  }

  static AuditLog auditLog() {
    return AuditTrails.log();
  }

  static Users users() {
    return Adapters.users();
  }

  static AccountReader accounts() {
    return Services.accountReader();
  }

  static UserSettings settings() {
    return Adapters.settings();
  }

  static Activation activation() {
    return Services.activation();
  }

  static Funding funding() {
    return Services.funding();
  }

  static Registration registration() {
    return new Registration(
        Adapters.users(),
        Adapters.wallets(),
        new LambdaActivations(
            AwsClients.lambda(),
            Settings.require("BERTH_ACTIVATE_USER_FUNCTION"),
            new LambdaActivations.Gift(
                new BigInteger(Settings.require("BERTH_SIGN_UP_CREDIT_UACT")),
                new BigInteger(Settings.require("BERTH_SIGN_UP_FEES_UAKT")))),
        InstantSource.system());
  }
}
