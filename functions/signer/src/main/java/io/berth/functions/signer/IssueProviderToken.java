package io.berth.functions.signer;

import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.Wallets;
import io.berth.logging.LogContext;
import io.berth.logging.LogField;
import io.berth.provider.ProviderJwt;
import io.berth.runtime.JsonFunction;
import io.berth.runtime.SignerProtocol.TokenAnswer;
import io.berth.runtime.SignerProtocol.TokenRequest;
import io.berth.wallet.WalletKey;
import java.time.Duration;
import java.time.InstantSource;

/** Issues a token for one request to one provider, signed by the user's wallet (AEP-64). */
public final class IssueProviderToken extends JsonFunction<TokenRequest, TokenAnswer> {
  private static final Duration LIFETIME = Duration.ofMinutes(2);

  private final Wallets wallets;
  private final Vault vault;
  private final InstantSource clock;

  /** Wired from the function's environment. */
  public IssueProviderToken() {
    this(Wiring.wallets(), Wiring.vault(), InstantSource.system());
  }

  IssueProviderToken(Wallets wallets, Vault vault, InstantSource clock) {
    super(TokenRequest.class);
    this.wallets = wallets;
    this.vault = vault;
    this.clock = clock;
  }

  @Override
  protected void describe(TokenRequest request, LogContext log) {
    log.with(LogField.USER, request.userId());
  }

  @Override
  protected TokenAnswer answer(TokenRequest request) {
    Wallet wallet =
        wallets
            .find(request.userId())
            .filter(Wallet::enabled)
            .orElseThrow(() -> new IllegalArgumentException("no such wallet, or it is disabled"));
    ProviderJwt token =
        ProviderJwt.of(
            wallet.address(),
            new io.berth.domain.provider.TokenRequest(
                request.userId(), request.provider(), request.scopes()),
            clock.instant(),
            LIFETIME);
    try (WalletKey key = vault.open(wallet)) {
      return new TokenAnswer(token.sign(key::sign));
    }
  }
}
