package io.berth.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.domain.Bytes;
import io.berth.domain.akash.Certificate;
import io.berth.domain.provider.LeaseStatus;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedTrustManager;
import org.java_websocket.enums.Role;
import org.java_websocket.exceptions.InvalidDataException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The target of {@code make fuzz-provider}: whatever bytes a provider sends or publishes, they are
 * read or refused, and nothing breaks. The first byte chooses the reader.
 */
public final class ProviderFuzzer {
  private static final String PROVIDER = "akash1365yvmc4s7awdyj3n2sav7xfx76adc6dnmlx63";
  private static final X509ExtendedTrustManager NO_CA = new TestCertificates.Ca().trusted();
  private static final SSLEngine ENGINE = engine();

  private ProviderFuzzer() {}

  private static SSLEngine engine() {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine("host.example", 443);
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm(ProviderTrust.HOST_NAME_CHECK);
      engine.setSSLParameters(parameters);
      return engine;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Jazzer's entry point. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    switch (input[0] & 3) {
      case 0 -> answers(new String(rest, UTF_8));
      case 1 -> claim(new String(rest, UTF_8));
      case 2 -> frames(rest);
      default -> certificate(rest);
    }
  }

  private static void answers(String body) {
    for (int status : new int[] {200, 400, 404, 422, 500}) {
      Reply.Answered answer = new Reply.Answered(status, body);
      require(Answers.manifest(answer) != null);
      require(Answers.status(answer) != null);
    }
    LeaseStatusJson.read(body).ifPresent(ProviderFuzzer::requireWhole);
  }

  private static void requireWhole(LeaseStatus status) {
    status.services().values().forEach(service -> require(service.uris() != null));
    status.forwardedPorts().values().forEach(ports -> require(!ports.contains(null)));
  }

  private static void claim(String json) {
    try {
      JsonNode leases = JsonMapper.shared().readTree(json);
      if (LeaseAccessRules.problems(leases).isEmpty()) {
        require(LeaseAccessJson.read(leases) != null);
      }
    } catch (JacksonException e) {
      // Not JSON: the caller never gets as far.
    }
  }

  /** As the socket's reader does, whatever of a frame or of several has come. */
  private static void frames(byte[] bytes) {
    GatewaySocket.StatusDraft draft = new GatewaySocket.StatusDraft(() -> {});
    draft.setParseMode(Role.CLIENT);
    try {
      require(draft.translateFrame(ByteBuffer.wrap(bytes)) != null);
    } catch (InvalidDataException e) {
      // The connection is closed.
    }
  }

  /** Both what a provider published and what it shows, which never come from a CA here. */
  private static void certificate(byte[] bytes) {
    ProviderTrust trust =
        new ProviderTrust(
            NO_CA,
            PROVIDER,
            List.of(
                new Certificate(
                    PROVIDER, "1", Certificate.State.VALID, Bytes.of(bytes), Bytes.of(bytes))),
            () -> Instant.EPOCH);
    try {
      Collection<? extends java.security.cert.Certificate> shown =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes));
      trust.checkServerTrusted(shown.toArray(X509Certificate[]::new), "UNKNOWN", ENGINE);
    } catch (CertificateException e) {
      // Not trusted.
    }
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalStateException("an answer without substance");
    }
  }
}
