package io.berth.provider;

import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.OrderId;
import io.berth.domain.akash.Provider;
import io.berth.domain.provider.ManifestOutcome;
import io.berth.domain.provider.ProviderGateway;
import io.berth.domain.provider.ProviderTokens;
import io.berth.domain.provider.StatusOutcome;
import io.berth.domain.provider.TokenRequest;
import io.berth.provider.ProviderLookup.Found;
import java.time.Duration;
import java.util.List;

/**
 * Provider gateways over HTTPS. For every call: the provider's URI is checked, its valid
 * certificates are read from the chain, a token for this one purpose is issued, and only then is a
 * connection made; see {@link ProviderTrust} for whom it trusts. A refused token is replaced once.
 *
 * <p>Time spent on the provider is limited, for both tries and the look-up of its name together;
 * reading the chain and issuing tokens have limits of their own, and their exceptions go through.
 */
public final class HttpProviderGateway implements ProviderGateway {
  private final ProviderLookup lookup;
  private final ProviderTokens tokens;
  private final Limits limits;
  private final GatewayClient client;

  /** Wires the gateway to the system's resolver, the JDK's CAs and the real clock. */
  public HttpProviderGateway(AkashReader chain, ProviderTokens tokens, AddressPolicy addresses) {
    this(new ProviderLookup(chain, addresses), tokens, Limits.USUAL);
  }

  HttpProviderGateway(ProviderLookup lookup, ProviderTokens tokens, Limits limits) {
    this.lookup = lookup;
    this.tokens = tokens;
    this.limits = limits;
    this.client = new GatewayClient(limits.connect);
  }

  /** How long to wait for a connection, for a lease's status and for a manifest to be taken. */
  record Limits(Duration connect, Duration status, Duration manifest) {
    static final Limits USUAL =
        new Limits(Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(15));
  }

  @Override
  public ManifestOutcome putManifest(String userId, Provider provider, long dseq, String manifest) {
    String path = "/deployment/" + dseq + "/manifest";
    var call = new GatewayClient.Call("PUT", path, manifest, Scope.SEND_MANIFEST);
    return switch (exchange(userId, provider, call, limits.manifest)) {
      case Reply.Answered answer -> Answers.manifest(answer);
      case Reply.Untrusted(String reason) -> new ManifestOutcome.Untrusted(reason);
      case Reply.Unreachable(String reason) -> new ManifestOutcome.Unreachable(reason);
    };
  }

  @Override
  public StatusOutcome leaseStatus(String userId, Provider provider, BidId lease) {
    OrderId order = lease.order();
    String path = "/lease/" + order.dseq() + "/" + order.gseq() + "/" + order.oseq() + "/status";
    var call = new GatewayClient.Call("GET", path, null, Scope.STATUS);
    return switch (exchange(userId, provider, call, limits.status)) {
      case Reply.Answered answer -> Answers.status(answer);
      case Reply.Untrusted(String reason) ->
          new StatusOutcome.Unavailable("the server is not the provider: " + reason);
      case Reply.Unreachable(String reason) -> new StatusOutcome.Unavailable(reason);
    };
  }

  private Reply exchange(
      String userId, Provider provider, GatewayClient.Call call, Duration total) {
    TimeBudget budget = new TimeBudget(total);
    return switch (lookup.find(provider, budget)) {
      case Found.Nowhere(Reply.NoAnswer reply) -> reply;
      case Found.Gateway(Endpoint endpoint, ProviderTrust trust) -> {
        var scope = new TokenRequest(userId, provider.owner(), List.of(call.scope().text()));
        Reply first = client.send(endpoint, trust, call, tokens.issue(scope), budget);
        yield first instanceof Reply.Answered answer && Answers.refusesToken(answer)
            ? client.send(endpoint, trust, call, tokens.issue(scope), budget)
            : first;
      }
    };
  }
}
