package io.berth.provider;

import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Certificate;
import io.berth.domain.akash.OrderId;
import io.berth.domain.akash.Provider;
import io.berth.domain.provider.ManifestOutcome;
import io.berth.domain.provider.ProviderGateway;
import io.berth.domain.provider.ProviderTokens;
import io.berth.domain.provider.StatusOutcome;
import io.berth.domain.provider.TokenRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Provider gateways over HTTPS. For every call: the provider's URI is checked, its valid
 * certificates are read from the chain, a token for this one purpose is issued, and only then is a
 * connection made; see {@link ProviderTrust} for whom it trusts. A refused token is replaced once.
 *
 * <p>Time spent on the provider is limited, for both tries and the look-up of its name together;
 * reading the chain and issuing tokens have limits of their own, and their exceptions go through.
 */
public final class HttpProviderGateway implements ProviderGateway {
  private final AkashReader chain;
  private final ProviderTokens tokens;
  private final AddressPolicy addresses;
  private final Endpoint.Resolver resolver;
  private final X509ExtendedTrustManager publicCas;
  private final InstantSource clock;
  private final Limits limits;
  private final GatewayClient client;

  /** Wires the gateway to the system's resolver, the JDK's CAs and the real clock. */
  public HttpProviderGateway(AkashReader chain, ProviderTokens tokens, AddressPolicy addresses) {
    this(
        chain,
        tokens,
        addresses,
        host -> List.of(InetAddress.getAllByName(host)),
        ProviderTrust.cas(null),
        InstantSource.system(),
        Limits.USUAL);
  }

  HttpProviderGateway(
      AkashReader chain,
      ProviderTokens tokens,
      AddressPolicy addresses,
      Endpoint.Resolver resolver,
      X509ExtendedTrustManager publicCas,
      InstantSource clock,
      Limits limits) {
    this.chain = chain;
    this.tokens = tokens;
    this.addresses = addresses;
    this.resolver = resolver;
    this.publicCas = publicCas;
    this.clock = clock;
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
    Endpoint endpoint;
    try {
      endpoint = budget.spend(() -> Endpoint.of(provider.hostUri(), addresses, resolver));
    } catch (TimeoutException e) {
      return new Reply.Unreachable("its name does not resolve in time");
    } catch (ExecutionException e) {
      return unresolved(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Reply.Unreachable("interrupted");
    }

    List<Certificate> certificates = chain.validCertificates(provider.owner());
    ProviderTrust trust = new ProviderTrust(publicCas, provider.owner(), certificates, clock);
    var tokenRequest = new TokenRequest(userId, provider.owner(), List.of(call.scope().text()));
    Reply first = client.send(endpoint, trust, call, tokens.issue(tokenRequest), budget);
    if (first instanceof Reply.Answered answer && Answers.refusesToken(answer)) {
      return client.send(endpoint, trust, call, tokens.issue(tokenRequest), budget);
    }
    return first;
  }

  private static Reply unresolved(Throwable cause) {
    return switch (cause) {
      case Endpoint.RefusedException refused -> new Reply.Untrusted(refused.getMessage());
      case UnknownHostException unknown -> new Reply.Unreachable("its name does not resolve");
      default -> throw new IllegalStateException("a provider's URI could not be checked", cause);
    };
  }
}
