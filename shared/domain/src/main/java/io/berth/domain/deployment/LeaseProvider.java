package io.berth.domain.deployment;

import io.berth.domain.akash.AkashReader;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.Provider;
import io.berth.domain.provider.ReadOutcome;
import java.util.function.Function;

/** The provider of a lease, as the chain has it. */
final class LeaseProvider {
  private LeaseProvider() {}

  /** Asks it something; if the chain does not know it, nobody. */
  static <T> ReadOutcome<T> ask(
      AkashReader chain, Lease lease, Function<Provider, ReadOutcome<T>> question) {
    return chain
        .provider(lease.id().provider())
        .map(question)
        .orElseGet(() -> new ReadOutcome.Unavailable<>("the provider is not on the chain"));
  }
}
