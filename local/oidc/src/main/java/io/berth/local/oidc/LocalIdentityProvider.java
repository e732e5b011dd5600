package io.berth.local.oidc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.NettyWrapper;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;

/**
 * An OpenID Connect provider with authorization code and PKCE, on a free port of this machine.
 * Instead of a password it asks who one would like to be: a demo user with one click, or anyone by
 * name. Whoever comes has a verified e-mail address.
 */
public final class LocalIdentityProvider implements AutoCloseable {
  /** The page's client id, which is the audience of ID tokens. */
  public static final String CLIENT_ID = "berth-ui";

  private static final String ISSUER_ID = "local";

  private final Path loginPage;
  private final MockOAuth2Server server;

  private LocalIdentityProvider() throws IOException {
    loginPage = unpacked("sign-in.html");
    server =
        new MockOAuth2Server(
            new OAuth2Config(
                true,
                loginPage.toString(),
                null,
                false,
                new OAuth2TokenProvider(),
                Set.of(),
                new NettyWrapper()));
    server.start(InetAddress.getByName("localhost"), 0);
  }

  /** Starts it. */
  public static LocalIdentityProvider start() {
    try {
      return new LocalIdentityProvider();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What its tokens say in {@code iss}; its discovery document is below. */
  public String issuer() {
    return server.issuerUrl(ISSUER_ID).toString();
  }

  /** Where its keys are. */
  public String keySetUri() {
    return server.jwksUrl(ISSUER_ID).toString();
  }

  @Override
  public void close() {
    server.shutdown();
    try {
      Files.deleteIfExists(loginPage);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server reads its page from a file. */
  private static Path unpacked(String resource) throws IOException {
    Path file = Files.createTempFile("berth-", "-" + resource);
    try (InputStream stream = LocalIdentityProvider.class.getResourceAsStream(resource)) {
      Files.write(file, stream.readAllBytes());
    }
    return file;
  }
}
