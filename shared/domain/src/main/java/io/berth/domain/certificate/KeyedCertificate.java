package io.berth.domain.certificate;

import io.berth.domain.akash.Certificate;

/**
 * A client certificate together with its private key, which closing clears.
 *
 * @param certificate as the chain shows it once it is published
 */
public record KeyedCertificate(Certificate certificate, PrivateKeyPem privateKey)
    implements AutoCloseable {
  @Override
  public void close() {
    privateKey.close();
  }
}
