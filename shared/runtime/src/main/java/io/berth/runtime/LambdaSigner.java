package io.berth.runtime;

import io.berth.domain.Bytes;
import io.berth.domain.ledger.Hold;
import io.berth.domain.ledger.SignOutcome;
import io.berth.domain.ledger.Signer;
import io.berth.domain.provider.ProviderTokens;
import io.berth.domain.provider.TokenRequest;
import io.berth.domain.wallet.PublicIdentity;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletKeeper;
import io.berth.domain.wallet.Wallets;
import io.berth.http.Json;
import java.time.Duration;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** The signer as everyone else reaches it: by Lambda invoke, never with bytes or secrets. */
public final class LambdaSigner implements Signer, WalletKeeper, ProviderTokens {

  /** Names of the signer's functions. */
  public record Functions(
      String signTransaction, String createWallet, String describeFunding, String issueToken) {}

  private final LambdaClient lambda;
  private final Functions functions;
  private final Wallets wallets;
  private final Lazy<PublicIdentity> funding;

  public LambdaSigner(LambdaClient lambda, Functions functions, Wallets wallets) {
    this.lambda = lambda;
    this.functions = functions;
    this.wallets = wallets;
    // The funding wallet never changes while a function lives.
    this.funding =
        Lazy.of(
            () ->
                identity(
                    invoke(
                        functions.describeFunding(),
                        new SignerProtocol.Nothing(),
                        SignerProtocol.WalletAnswer.class)));
  }

  @Override
  public SignOutcome sign(String intentId) {
    SignerProtocol.SignAnswer answer =
        invoke(
            functions.signTransaction(),
            new SignerProtocol.SignRequest(intentId),
            SignerProtocol.SignAnswer.class);
    if (answer.rule().isEmpty()) {
      return new SignOutcome.Signed();
    }
    Duration retryAfter = Duration.ofSeconds(answer.retryAfterSeconds());
    return Hold.of(answer.rule())
        .<SignOutcome>map(hold -> new SignOutcome.Held(hold, retryAfter))
        .orElseGet(() -> new SignOutcome.Refused(answer.rule(), answer.reason()));
  }

  @Override
  public Wallet walletFor(String userId) {
    invoke(
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
    return invoke(
            functions.issueToken(),
            new SignerProtocol.TokenRequest(request.userId(), request.provider(), request.scopes()),
            SignerProtocol.TokenAnswer.class)
        .token();
  }

  private static PublicIdentity identity(SignerProtocol.WalletAnswer answer) {
    return new PublicIdentity(answer.address(), Bytes.ofHex(answer.publicKey()));
  }

  private <T> T invoke(String function, Object request, Class<T> answerType) {
    InvokeResponse response =
        lambda.invoke(
            call ->
                call.functionName(function)
                    .payload(SdkBytes.fromByteArray(Json.MAPPER.writeValueAsBytes(request))));
    if (response.functionError() != null) {
      // The payload names the error's type and text; the signer keeps secrets out of both.
      throw new IllegalStateException(
          "the signer failed: " + function + ": " + response.payload().asUtf8String());
    }
    return Json.MAPPER.readValue(response.payload().asByteArray(), answerType);
  }
}
