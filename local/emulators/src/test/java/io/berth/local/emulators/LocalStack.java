package io.berth.local.emulators;

import java.net.URI;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** The LocalStack that {@code LOCALSTACK_ENDPOINT} names, or one in Docker. */
final class LocalStack {
  /** Where Docker does not run Testcontainers says so at length; one line says it here. */
  private static final Logger LOGGER = Logger.getLogger("org.testcontainers");

  private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.9");

  private LocalStack() {}

  static RunningEmulator start() throws EmulatorMissingException {
    Optional<URI> given =
        Optional.ofNullable(System.getenv("LOCALSTACK_ENDPOINT")).map(URI::create);
    return given.isPresent() ? new RunningEmulator(given.get(), () -> {}) : inDocker();
  }

  @SuppressWarnings("resource") // The session closes it.
  private static RunningEmulator inDocker() throws EmulatorMissingException {
    if (!isDockerRunning()) {
      throw new EmulatorMissingException(
          "No LocalStack: LOCALSTACK_ENDPOINT is not set and Docker does not run");
    }
    LocalStackContainer container =
        new LocalStackContainer(IMAGE)
            .withServices("dynamodb", "kms", "secretsmanager", "stepfunctions");
    container.start();
    return new RunningEmulator(container.getEndpoint(), container::stop);
  }

  private static boolean isDockerRunning() {
    LOGGER.setLevel(Level.OFF);
    try {
      return DockerClientFactory.instance().isDockerAvailable();
    } finally {
      LOGGER.setLevel(null);
    }
  }
}
