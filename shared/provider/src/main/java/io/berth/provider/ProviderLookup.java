package io.berth.provider;

import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.Provider;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Finds out where a provider's gateway is and whom to trust there, before any connection: its URI
 * is checked and its name resolved, and its valid certificates are read from the chain.
 */
final class ProviderLookup {
  private final AkashReader chain;
  private final AddressPolicy addresses;
  private final Endpoint.Resolver resolver;
  private final X509ExtendedTrustManager publicCas;
  private final InstantSource clock;

  /** With the system's resolver, the JDK's CAs and the real clock. */
  ProviderLookup(AkashReader chain, AddressPolicy addresses) {
    this(
        chain,
        addresses,
        host -> List.of(InetAddress.getAllByName(host)),
        ProviderTrust.cas(null),
        InstantSource.system());
  }

  ProviderLookup(
      AkashReader chain,
      AddressPolicy addresses,
      Endpoint.Resolver resolver,
      X509ExtendedTrustManager publicCas,
      InstantSource clock) {
    this.chain = chain;
    this.addresses = addresses;
    this.resolver = resolver;
    this.publicCas = publicCas;
    this.clock = clock;
  }

  /** What the look-up came to. */
  sealed interface Found {

    /** Where to connect, and how to know the provider. */
    record Gateway(Endpoint endpoint, ProviderTrust trust) implements Found {}

    /** No connection may or can be made. */
    record Nowhere(Reply.NoAnswer reply) implements Found {}
  }

  /**
   * Looks a provider up.
   *
   * @param budget what resolving the name takes comes out of it; reading the chain has limits of
   *     its own, and its exceptions go through
   */
  Found find(Provider provider, TimeBudget budget) {
    try {
      Endpoint endpoint = budget.spend(() -> Endpoint.of(provider.hostUri(), addresses, resolver));
      return new Found.Gateway(
          endpoint,
          new ProviderTrust(
              publicCas, provider.owner(), chain.validCertificates(provider.owner()), clock));
    } catch (TimeoutException e) {
      return new Found.Nowhere(new Reply.Unreachable("its name does not resolve in time"));
    } catch (ExecutionException e) {
      return new Found.Nowhere(unresolved(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Found.Nowhere(new Reply.Unreachable("interrupted"));
    }
  }

  private static Reply.NoAnswer unresolved(Throwable cause) {
    return switch (cause) {
      case Endpoint.RefusedException refused -> new Reply.Untrusted(refused.getMessage());
      case UnknownHostException unknown -> new Reply.Unreachable("its name does not resolve");
      default -> throw new IllegalStateException("a provider's URI could not be checked", cause);
    };
  }
}
