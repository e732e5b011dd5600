package io.berth.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

class SecretsTest {
  private static final String TOKEN = "11111111-1111-1111-1111-111111111111";

  private static AwsStandIns aws;
  private static SecretsManagerClient secrets;

  @BeforeAll
  static void start() {
    aws = AwsStandIns.start(AwsStandIns.Config.inMemory());
    secrets = Clients.secrets(aws);
  }

  @AfterAll
  static void stop() {
    secrets.close();
    aws.close();
  }

  @Test
  void givesASeededSecretByNameAndByArn() {
    String arn = aws.secrets().put("seeded", "value");

    assertThat(arn).matches("arn:aws:secretsmanager:us-east-1:000000000000:secret:seeded-\\w{6}");
    String withoutSuffix = arn.substring(0, arn.length() - 7);
    for (String id : List.of("seeded", arn, withoutSuffix)) {
      GetSecretValueResponse found = get(id);
      assertThat(found.secretString()).isEqualTo("value");
      assertThat(found.arn()).isEqualTo(arn);
      assertThat(found.name()).isEqualTo("seeded");
      assertThat(found.versionStages()).containsExactly("AWSCURRENT");
    }
  }

  @Test
  void makesASeedOnlyWhereThereIsNone() {
    String arn = aws.secrets().ensure("ensured", () -> "first");

    assertThat(aws.secrets().ensure("ensured", () -> fail("there is a value"))).isEqualTo(arn);
    assertThat(get("ensured").secretString()).isEqualTo("first");
  }

  @Test
  void knowsNoSecretThatWasNotMade() {
    assertThatThrownBy(() -> get("nobody")).isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> secrets.describeSecret(r -> r.secretId("nobody")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void hasNoValueForASecretMadeWithoutOne() {
    secrets.createSecret(r -> r.name("empty"));

    assertThatThrownBy(() -> get("empty"))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("AWSCURRENT");
  }

  @Test
  void keepsThePreviousValueBesideTheCurrentOne() {
    String first = secrets.createSecret(r -> r.name("rotated").secretString("1")).versionId();
    String second =
        secrets.putSecretValue(r -> r.secretId("rotated").secretString("2")).versionId();

    assertThat(get("rotated").secretString()).isEqualTo("2");
    assertThat(
            secrets
                .getSecretValue(r -> r.secretId("rotated").versionStage("AWSPREVIOUS"))
                .secretString())
        .isEqualTo("1");
    assertThat(secrets.getSecretValue(r -> r.secretId("rotated").versionId(first)).secretString())
        .isEqualTo("1");
    assertThat(secrets.describeSecret(r -> r.secretId("rotated")).versionIdsToStages())
        .containsEntry(first, List.of("AWSPREVIOUS"))
        .containsEntry(second, List.of("AWSCURRENT"))
        .hasSize(2);
  }

  @Test
  void forgetsWhatIsOlderThanPrevious() {
    String first = secrets.createSecret(r -> r.name("old").secretString("1")).versionId();
    secrets.putSecretValue(r -> r.secretId("old").secretString("2"));
    secrets.putSecretValue(r -> r.secretId("old").secretString("3"));

    assertThatThrownBy(() -> secrets.getSecretValue(r -> r.secretId("old").versionId(first)))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void keepsBytes() {
    SdkBytes bytes = SdkBytes.fromByteArray(new byte[] {0, -1, 7});
    secrets.createSecret(r -> r.name("binary").secretBinary(bytes));

    assertThat(get("binary").secretBinary()).isEqualTo(bytes);
    assertThat(get("binary").secretString()).isNull();
  }

  @Test
  void seedsBytes() {
    byte[] bytes = {0, -1, 7};
    String arn = aws.secrets().ensureBytes("seeded bytes", () -> bytes);

    assertThat(get(arn).secretBinary().asByteArray()).isEqualTo(bytes);
    assertThat(get(arn).secretString()).isNull();
    assertThat(aws.secrets().ensureBytes("seeded bytes", () -> fail("there is a value")))
        .isEqualTo(arn);
    aws.secrets().putBytes("seeded bytes", new byte[] {1});
    assertThat(get(arn).secretBinary().asByteArray()).containsExactly(1);
  }

  @Test
  void makesASecretOnce() {
    secrets.createSecret(r -> r.name("once").secretString("1"));

    assertThatThrownBy(() -> secrets.createSecret(r -> r.name("once").secretString("1")))
        .isInstanceOf(ResourceExistsException.class);
  }

  @Test
  void takesARepeatedRequestForTheSame() {
    CreateSecretResponse first =
        secrets.createSecret(r -> r.name("same").secretString("1").clientRequestToken(TOKEN));
    CreateSecretResponse second =
        secrets.createSecret(r -> r.name("same").secretString("1").clientRequestToken(TOKEN));

    assertThat(second.arn()).isEqualTo(first.arn());
    assertThat(second.versionId()).isEqualTo(TOKEN);
    assertThatThrownBy(
            () ->
                secrets.putSecretValue(
                    r -> r.secretId("same").secretString("2").clientRequestToken(TOKEN)))
        .isInstanceOf(ResourceExistsException.class);
  }

  @Test
  void refusesTwoValuesAtOnce() {
    assertThatThrownBy(
            () ->
                secrets.createSecret(
                    r ->
                        r.name("both")
                            .secretString("1")
                            .secretBinary(SdkBytes.fromUtf8String("1"))))
        .isInstanceOfSatisfying(
            SecretsManagerException.class,
            e ->
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterException"));
  }

  @Test
  void keepsSecretsInItsFolderForItsOwnerAlone(@TempDir Path parent) throws Exception {
    Path folder = parent.resolve("data");
    AwsStandIns.Config config = AwsStandIns.Config.inMemory().keptIn(folder);
    String arn;
    try (AwsStandIns first = AwsStandIns.start(config)) {
      arn = first.secrets().put("kept", "value");
    }

    try (AwsStandIns second = AwsStandIns.start(config);
        SecretsManagerClient client = Clients.secrets(second)) {
      assertThat(client.getSecretValue(r -> r.secretId(arn)).secretString()).isEqualTo("value");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("secrets.json"))))
        .isEqualTo("rw-------");
  }

  private static GetSecretValueResponse get(String id) {
    return secrets.getSecretValue(r -> r.secretId(id));
  }
}
