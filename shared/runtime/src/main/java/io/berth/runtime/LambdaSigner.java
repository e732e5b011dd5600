package io.berth.runtime;

import io.berth.domain.Bytes;
import io.berth.domain.ledger.Hold;
import io.berth.domain.ledger.IntentState;
import io.berth.domain.ledger.SignOutcome;
import io.berth.domain.ledger.Signer;
import io.berth.domain.provider.LeaseAccess;
import io.berth.domain.provider.OwnerTokens;
import io.berth.domain.provider.ProviderTokens;
import io.berth.domain.provider.TokenRequest;
import io.berth.domain.wallet.PublicIdentity;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletKeeper;
import io.berth.domain.wallet.WalletRef;
import io.berth.domain.wallet.Wallets;
import io.berth.http.Json;
import io.berth.provider.LeaseAccessJson;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The signer as everyone else reaches it: by Lambda invoke, never with bytes or secrets. */
public final class LambdaSigner implements Signer, WalletKeeper, ProviderTokens, OwnerTokens {

  /** Names of the signer's functions. */
  public record Functions(
      String signTransaction,
      String createWallet,
      String describeFunding,
      String issueToken,
      String issueOwnerToken) {}

  private final LambdaCall lambda;
  private final Functions functions;
  private final Wallets wallets;
  private final Lazy<PublicIdentity> funding;

  public LambdaSigner(LambdaClient lambda, Functions functions, Wallets wallets) {
    this.lambda = new LambdaCall(lambda);
    this.functions = functions;
    this.wallets = wallets;
    // The funding wallet never changes while a function lives.
    this.funding =
        Lazy.of(
            () ->
                identity(
                    this.lambda.invoke(
                        functions.describeFunding(),
                        new SignerProtocol.Nothing(),
                        SignerProtocol.WalletAnswer.class)));
  }

  @Override
  public SignOutcome sign(String intentId, WalletRef wallet) {
    SignerProtocol.SignAnswer answer =
        lambda.invoke(
            functions.signTransaction(),
            new SignerProtocol.SignRequest(intentId, wallet.text()),
            SignerProtocol.SignAnswer.class);
    if (answer.rule().isEmpty()) {
      return new SignOutcome.Signed(signed(answer));
    }
    Duration retryAfter = Duration.ofSeconds(answer.retryAfterSeconds());
    return Hold.of(answer.rule())
        .<SignOutcome>map(hold -> new SignOutcome.Held(hold, retryAfter))
        .orElseGet(() -> new SignOutcome.Refused(answer.rule(), answer.reason()));
  }

  private static Optional<IntentState.Signed> signed(SignerProtocol.SignAnswer answer) {
    return answer.signed().isEmpty()
        ? Optional.empty()
        : Optional.of(new IntentState.Signed(Bytes.ofHex(answer.signed()), answer.hash()));
  }

  @Override
  public Wallet walletFor(String userId) {
    lambda.invoke(
        functions.createWallet(),
        new SignerProtocol.WalletRequest(userId),
        SignerProtocol.WalletAnswer.class);
    return wallets.find(userId).orElseThrow();
  }

  @Override
  public PublicIdentity funding() {
    return funding.get();
  }

  @Override
  public String issue(TokenRequest request) {
    return lambda
        .invoke(
            functions.issueToken(),
            new SignerProtocol.TokenRequest(request.userId(), request.provider(), request.scopes()),
            SignerProtocol.TokenAnswer.class)
        .token();
  }

  @Override
  public String issue(String userId, Duration life, LeaseAccess access) {
    return lambda
        .invoke(
            functions.issueOwnerToken(),
            new SignerProtocol.OwnerTokenRequest(
                userId,
                life.toSeconds(),
                Json.MAPPER.writeValueAsString(LeaseAccessJson.write(access))),
            SignerProtocol.TokenAnswer.class)
        .token();
  }

  private static PublicIdentity identity(SignerProtocol.WalletAnswer answer) {
    return new PublicIdentity(answer.address(), Bytes.ofHex(answer.publicKey()));
  }
}
