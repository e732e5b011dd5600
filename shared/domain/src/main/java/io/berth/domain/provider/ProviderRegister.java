package io.berth.domain.provider;

import io.berth.domain.akash.ProviderProfile;
import io.berth.domain.akash.SignedAttributes;
import java.util.List;

/**
 * All providers of the chain. Lists are whole. Both methods throw {@link
 * io.berth.domain.ledger.ChainUnavailableException} when the node does not answer.
 */
public interface ProviderRegister {

  List<ProviderProfile> providers();

  /** What any auditor has signed of any provider. */
  List<SignedAttributes> signedAttributes();
}
