package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.berth.http.Snapshots;
import io.berth.local.gateway.FunctionProcess;
import io.berth.local.gateway.InvocationResult;
import io.berth.local.gateway.LambdaFunction;
import io.berth.runtime.AwsClients;
import io.berth.runtime.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Functions in processes of their own, with nothing but their packages, under AWS's runtime client:
 * what a snapshot of them has in it, and that they go on from one.
 */
@ExtendWith(RunningBerth.class)
class SnapshotTest {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");
  private static final String SECRET_KEY = "SecretKeyOfTheRoleOfThisFunction00000000";

  private final Packages packages = new Packages(RunningBerth.root());
  private final AtomicInteger credentialsAsked = new AtomicInteger();
  private HttpServer credentials;
  @TempDir private Path folder;

  /** Where Lambda gives credentials to functions that start from snapshots. */
  @BeforeEach
  void serveCredentials() throws IOException {
    credentials = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    credentials.createContext(
        "/credentials",
        exchange -> {
          credentialsAsked.incrementAndGet();
          byte[] body =
              """
              {"AccessKeyId": "AKIATEST", "SecretAccessKey": "%s", "Token": "t", "Expiration": "%s"}\
              """
                  .formatted(SECRET_KEY, Instant.now().plus(Duration.ofHours(1)))
                  .getBytes(StandardCharsets.UTF_8);
          try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    credentials.start();
  }

  @AfterEach
  void stopCredentials() {
    credentials.stop(0);
  }

  /** One function of each area, and all of the signer's. */
  @Test
  void aSnapshotHasNoSecretAndNoCredentialsInIt(RunningBerth.Town town) throws Exception {
    Map<String, String> secrets = secrets(town);
    for (LambdaFunction function : chosen().values()) {
      try (FunctionProcess process = start(function)) {
        process.awaitSnapshot();

        assertThat(credentialsAsked).as(function.logicalId()).hasValue(0);
        assertThat(process.output()).as(function.logicalId()).contains(Snapshots.class.getName());
        String memory = memory(process);
        secrets.forEach(
            (name, secret) ->
                assertThat(memory.contains(secret))
                    .as(name + " in the memory of " + function.logicalId())
                    .isFalse());
      }
    }
  }

  /** The control: what is looked for would be found. */
  @Test
  void aFunctionGoesOnFromItsSnapshotAndReadsItsSecretsOnlyThen(RunningBerth.Town town)
      throws Exception {
    RunningBerth.User user = town.user();
    byte[] event =
        Files.readString(RunningBerth.root().resolve("events/authorize.json"))
            .replace("ac.sk.local." + "0".repeat(64), user.apiKey())
            .getBytes(StandardCharsets.UTF_8);
    try (FunctionProcess process = start(function("AuthorizerFunction"))) {
      process.awaitSnapshot();
      process.restore();

      InvocationResult answer = process.invoke(event);

      assertThat(new String(answer.payload(), StandardCharsets.UTF_8)).contains("Allow", user.id());
      assertThat(credentialsAsked.get()).isPositive();
      assertThat(memory(process)).contains(secrets(town).get("the pepper"), SECRET_KEY);
    }
  }

  /** So that copies of one snapshot draw different numbers: this one asks the system each time. */
  @Test
  void randomNumbersComeFromTheSystem() {
    assertThat(new SecureRandom().getAlgorithm()).startsWith("NativePRNG");
  }

  private static Map<String, String> secrets(RunningBerth.Town town) {
    String pepper =
        AwsClients.secretsManager()
            .getSecretValue(request -> request.secretId(Settings.require("BERTH_PEPPER_SECRET")))
            .secretString();
    return Map.of(
        "the pepper", pepper,
        "the funding wallet", town.berth().fundingPhrase(),
        "the role's secret key", SECRET_KEY);
  }

  private static Map<String, LambdaFunction> chosen() {
    Map<String, LambdaFunction> chosen = new LinkedHashMap<>();
    for (LambdaFunction function : ContractTest.template().functions()) {
      boolean all = function.codeUri().equals("functions/signer");
      chosen.putIfAbsent(all ? function.logicalId() : function.codeUri(), function);
    }
    return chosen;
  }

  private static LambdaFunction function(String logicalId) {
    return ContractTest.template().functions().stream()
        .filter(function -> function.logicalId().equals(logicalId))
        .findFirst()
        .orElseThrow();
  }

  private FunctionProcess start(LambdaFunction function) {
    return FunctionProcess.start(
        new FunctionProcess.Launch(
            List.of(JAVA.resolve("java").toString()),
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            packages.classPath(function.codeUri()),
            function,
            environment(),
            true));
  }

  /** The local system left its settings and the SDK's as system properties. */
  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("BERTH_"))
        .forEach(name -> environment.put(name, System.getProperty(name)));
    environment.put("AWS_REGION", System.getProperty("aws.region"));
    environment.put("AWS_ENDPOINT_URL", System.getProperty("aws.endpointUrl"));
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", System.getProperty("aws.endpointUrlDynamoDb"));
    environment.put(
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "http://127.0.0.1:" + credentials.getAddress().getPort() + "/credentials");
    return environment;
  }

  /** The whole heap, what is garbage too, with a character for each byte. */
  private String memory(FunctionProcess process) throws IOException, InterruptedException {
    Path dump = folder.resolve(process.pid() + ".hprof");
    Process jcmd =
        new ProcessBuilder(
                JAVA.resolve("jcmd").toString(),
                Long.toString(process.pid()),
                "GC.heap_dump",
                "-all",
                dump.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jcmd.waitFor()).as(said).isZero();
    String memory = new String(Files.readAllBytes(dump), StandardCharsets.ISO_8859_1);
    Files.delete(dump);
    return memory;
  }
}
