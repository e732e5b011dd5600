package io.berth.local.devnet.modules.cert;

import io.berth.local.devnet.modules.Context;
import io.berth.local.devnet.store.Reader;
import io.berth.proto.akash.cert.v1.Certificate;
import java.math.BigInteger;
import java.util.NavigableMap;
import java.util.Optional;

/** Keeps certificates by owner and serial number. */
public final class CertKeeper {

  private static final String CERTIFICATES = "cert/certificate/";

  Optional<Certificate> certificate(Reader state, String owner, BigInteger serial) {
    return state.get(key(owner, serial), Certificate.class);
  }

  NavigableMap<String, Certificate> certificates(Reader state, String owner) {
    return state.scan(
        owner.isEmpty() ? CERTIFICATES : CERTIFICATES + owner + "/", Certificate.class);
  }

  void save(Context context, String owner, BigInteger serial, Certificate certificate) {
    context.set(key(owner, serial), certificate);
  }

  /** The serial number, in decimal, in a key of {@link #certificates}. */
  static String serial(String key) {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  private static String key(String owner, BigInteger serial) {
    return CERTIFICATES + owner + "/" + serial;
  }
}
