package io.berth.domain.certificate;

import java.math.BigInteger;
import java.time.Instant;

/** Makes client certificates as the chain and providers want them, each with a fresh key. */
public interface CertificateMaker {

  /**
   * A certificate that its owner signs, valid for one calendar year.
   *
   * @param owner bech32 address: subject and issuer
   * @param serial unique among the owner's certificates; positive
   * @param from start of its validity
   */
  KeyedCertificate make(String owner, BigInteger serial, Instant from);
}
