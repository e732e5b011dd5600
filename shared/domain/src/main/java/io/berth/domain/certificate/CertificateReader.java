package io.berth.domain.certificate;

import io.berth.domain.akash.Certificate;
import java.util.List;
import java.util.Optional;

/** The chain's certificates. */
public interface CertificateReader {

  /**
   * The owner's published certificates, all of them.
   *
   * @param state only those in this state; empty for all
   * @throws io.berth.domain.ledger.ChainUnavailableException if the node does not answer
   */
  List<Certificate> certificates(String owner, Optional<Certificate.State> state);
}
