package io.berth.local.aws;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * AWS Secrets Manager: secrets with a current and a previous version. Values are kept as they are,
 * in the data folder if there is one; they are for this machine only.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/Welcome.html">API</a>
 */
public final class Secrets {
  private static final int SUFFIX_LENGTH = 6;
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final Account account;
  private final StateFile file;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Map<String, Secret> byName = new TreeMap<>();

  /** What the file holds. */
  private record State(Map<String, Secret> secrets) {}

  Secrets(Account account, StateFile file, SecureRandom random, InstantSource clock) {
    this.account = account;
    this.file = file;
    this.random = random;
    this.clock = clock;
    file.read(State.class).ifPresent(state -> byName.putAll(state.secrets()));
  }

  /**
   * Makes sure that there is a secret with a value.
   *
   * @param value asked only if there is none
   * @return the secret's ARN
   */
  public synchronized String ensure(String name, Supplier<String> value) {
    return valued(name).orElseGet(() -> put(name, value.get()));
  }

  /** As {@link #ensure}, of bytes. */
  public synchronized String ensureBytes(String name, Supplier<byte[]> value) {
    return valued(name).orElseGet(() -> putBytes(name, value.get()));
  }

  /** The ARN of a secret that has a value. */
  private Optional<String> valued(String name) {
    return Optional.ofNullable(byName.get(name))
        .filter(secret -> secret.current().isPresent())
        .map(Secret::arn);
  }

  /**
   * Sets a secret's current value, and makes the secret if need be.
   *
   * @return the secret's ARN
   */
  public synchronized String put(String name, String value) {
    return put(name, value, false);
  }

  /** As {@link #put(String, String)}, of bytes. */
  public synchronized String putBytes(String name, byte[] value) {
    return put(name, Base64.getEncoder().encodeToString(value), true);
  }

  private String put(String name, String value, boolean binary) {
    Secret secret = Optional.ofNullable(byName.get(name)).orElseGet(() -> fresh(name));
    keep(secret.with(new Secret.Version(randomId(), value, binary, clock.instant())));
    return secret.arn();
  }

  /** Answers one request, as a {@link JsonService}. */
  synchronized ObjectNode call(String operation, JsonRequest request) {
    return switch (operation) {
      case "CreateSecret" -> create(request);
      case "PutSecretValue" -> putValue(request);
      case "GetSecretValue" -> getValue(request);
      case "DescribeSecret" -> describe(request);
      default -> throw AwsFault.unknownOperation(operation);
    };
  }

  private ObjectNode create(JsonRequest request) {
    String name = request.text("Name");
    Optional<Secret.Version> value = requestedVersion(request);
    Secret known = byName.get(name);
    if (known == null) {
      Secret secret = value.map(fresh(name)::with).orElseGet(() -> fresh(name));
      return identity(keep(secret), value);
    }
    // The same request again, which the SDK marks with the same token, is no conflict.
    if (value.isPresent() && value.get().id().equals(known.versions().getFirst().id())) {
      requireSameValue(known.versions().getFirst(), value.get());
      return identity(known, value);
    }
    throw AwsFault.of(
        "ResourceExistsException",
        "The operation failed because the secret " + name + " already exists.");
  }

  private ObjectNode putValue(JsonRequest request) {
    Secret secret = get(request.text("SecretId"));
    Secret.Version value =
        requestedVersion(request)
            .orElseThrow(
                () ->
                    AwsFault.of(
                        "InvalidRequestException",
                        "You must provide either SecretString or SecretBinary."));
    Optional<Secret.Version> same = secret.version(value.id());
    same.ifPresent(version -> requireSameValue(version, value));
    Secret after = same.isPresent() ? secret : keep(secret.with(value));
    ObjectNode answer = identity(after, Optional.of(value));
    answer.putArray("VersionStages").add(after.stageOf(same.orElse(value)));
    return answer;
  }

  private ObjectNode getValue(JsonRequest request) {
    Secret secret = get(request.text("SecretId"));
    Secret.Version version = requested(secret, request);
    ObjectNode answer = identity(secret, Optional.of(version));
    answer.put(version.binary() ? "SecretBinary" : "SecretString", version.text());
    answer.put("CreatedDate", seconds(version.createdAt()));
    answer.putArray("VersionStages").add(secret.stageOf(version));
    return answer;
  }

  private ObjectNode describe(JsonRequest request) {
    Secret secret = get(request.text("SecretId"));
    ObjectNode answer = identity(secret, Optional.empty());
    answer.put("CreatedDate", seconds(secret.createdAt()));
    answer.put(
        "LastChangedDate",
        seconds(secret.current().map(Secret.Version::createdAt).orElse(secret.createdAt())));
    ObjectNode stages = answer.putObject("VersionIdsToStages");
    secret
        .versions()
        .forEach(version -> stages.putArray(version.id()).add(secret.stageOf(version)));
    return answer;
  }

  /**
   * The version that a request asks for, by id, by stage or by both; the current one by default.
   */
  private static Secret.Version requested(Secret secret, JsonRequest request) {
    Optional<String> id = request.find("VersionId");
    Optional<String> stage = request.find("VersionStage");
    Predicate<Secret.Version> inStage =
        version -> stage.map(secret.stageOf(version)::equals).orElse(true);
    return id.map(secret::version)
        .orElseGet(() -> secret.staged(stage.orElse(Secret.CURRENT)))
        .filter(inStage)
        .orElseThrow(
            () ->
                AwsFault.of(
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified secret value for "
                        + id.map("VersionId: "::concat)
                            .orElse("staging label: " + stage.orElse(Secret.CURRENT))));
  }

  /** The value in a request, if there is one; its token names the version. */
  private Optional<Secret.Version> requestedVersion(JsonRequest request) {
    Optional<String> text = request.find("SecretString");
    Optional<String> binary =
        request.findBytes("SecretBinary").map(_ -> request.text("SecretBinary"));
    if (text.isPresent() && binary.isPresent()) {
      throw AwsFault.of(
          "InvalidParameterException", "You can't specify both SecretString and SecretBinary.");
    }
    String id = request.find("ClientRequestToken").orElseGet(Secrets::randomId);
    return text.or(() -> binary)
        .map(value -> new Secret.Version(id, value, binary.isPresent(), clock.instant()));
  }

  private static void requireSameValue(Secret.Version known, Secret.Version requested) {
    if (!known.sameValue(requested)) {
      throw AwsFault.of(
          "ResourceExistsException",
          "A version with this ClientRequestToken exists with another value.");
    }
  }

  /** A secret by its name, its ARN, or its ARN without the random suffix. */
  private Secret get(String id) {
    String prefix = account.arn("secretsmanager", "secret:");
    String name = id.startsWith(prefix) ? id.substring(prefix.length()) : id;
    return Optional.ofNullable(byName.get(name))
        .or(() -> byName.values().stream().filter(secret -> secret.arn().equals(id)).findFirst())
        .orElseThrow(
            () ->
                AwsFault.of(
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified secret."));
  }

  private Secret fresh(String name) {
    StringBuilder suffix = new StringBuilder("-");
    random
        .ints(SUFFIX_LENGTH, 0, LETTERS.length())
        .forEach(index -> suffix.append(LETTERS.charAt(index)));
    String arn = account.arn("secretsmanager", "secret:" + name + suffix);
    return new Secret(arn, name, clock.instant(), List.of());
  }

  private Secret keep(Secret secret) {
    byName.put(secret.name(), secret);
    file.write(new State(byName));
    return secret;
  }

  private static ObjectNode identity(Secret secret, Optional<Secret.Version> version) {
    ObjectNode answer =
        JsonRequest.JSON.createObjectNode().put("ARN", secret.arn()).put("Name", secret.name());
    version.ifPresent(present -> answer.put("VersionId", present.id()));
    return answer;
  }

  private static String randomId() {
    return UUID.randomUUID().toString();
  }

  private static double seconds(Instant time) {
    return time.toEpochMilli() / 1000.0;
  }
}
