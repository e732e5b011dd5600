package io.berth.functions.account;

import io.berth.domain.account.AccountReader;
import io.berth.domain.account.Activation;
import io.berth.domain.account.Registration;
import io.berth.domain.audit.AuditLog;
import io.berth.http.AuditTrail;
import io.berth.runtime.Adapters;
import io.berth.runtime.AwsClients;
import io.berth.runtime.LambdaActivations;
import io.berth.runtime.Services;
import io.berth.runtime.Settings;
import java.math.BigInteger;
import java.time.InstantSource;

/** Puts the account functions together. */
final class Wiring {
  private Wiring() {}

  static AuditTrail trail() {
    return Services.auditTrail();
  }

  static AuditLog auditLog() {
    return Adapters.auditLog();
  }

  static AccountReader accounts() {
    return Services.accountReader();
  }

  static Activation activation() {
    return Services.activation();
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
