package io.berth.local.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class AwsStandInsTest {

  @Test
  void isFoundByClientsThatAreBuiltWithoutAnySetting() {
    try (AwsStandIns aws = AwsStandIns.start(AwsStandIns.Config.inMemory())) {
      aws.kms().ensureKey("alias/here");
      aws.secrets().put("here", "value");
      aws.createTables(
          List.of(
              TableDefinition.of(
                  "Here", new TableDefinition.Key("id", Optional.empty()), Map.of("id", "S"))));

      withSystemProperties(
          aws.sdkProperties(),
          () -> {
            try (KmsClient kms = KmsClient.create();
                SecretsManagerClient secrets = SecretsManagerClient.create();
                DynamoDbClient dynamoDb = DynamoDbClient.create()) {
              assertThat(kms.describeKey(r -> r.keyId("alias/here")).keyMetadata().enabled())
                  .isTrue();
              assertThat(secrets.getSecretValue(r -> r.secretId("here")).secretString())
                  .isEqualTo("value");
              assertThat(dynamoDb.listTables().tableNames()).containsExactly("Here");
            }
          });
    }
  }

  @Test
  void listensOnTheLoopbackAddressOnly() {
    try (AwsStandIns aws = AwsStandIns.start(AwsStandIns.Config.inMemory())) {
      assertThat(aws.endpoint().getHost()).isEqualTo("127.0.0.1");
      assertThat(aws.dynamoDbEndpoint().getHost()).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void answersErrorsInTheServicesShape() throws Exception {
    try (AwsStandIns aws = AwsStandIns.start(AwsStandIns.Config.inMemory());
        HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> unknownTarget = post(http, aws.endpoint(), "Other.Thing", "{}");
      HttpResponse<String> notJson = post(http, aws.endpoint(), "TrentService.Encrypt", "[");
      HttpResponse<String> noSuchKey =
          post(http, aws.endpoint(), "TrentService.DescribeKey", "{\"KeyId\":\"x\"}");
      HttpResponse<String> noSuchPath =
          post(http, aws.endpoint().resolve("/other"), "TrentService.Encrypt", "{}");

      assertThat(unknownTarget.statusCode()).isEqualTo(400);
      assertThat(unknownTarget.body()).contains("\"__type\":\"UnknownOperationException\"");
      assertThat(notJson.statusCode()).isEqualTo(400);
      assertThat(notJson.body()).contains("\"__type\":\"SerializationException\"");
      assertThat(noSuchKey.statusCode()).isEqualTo(400);
      assertThat(noSuchKey.body())
          .isEqualTo("{\"__type\":\"NotFoundException\",\"message\":\"Key 'x' does not exist\"}");
      assertThat(noSuchKey.headers().firstValue("x-amzn-ErrorType")).contains("NotFoundException");
      assertThat(noSuchKey.headers().firstValue("content-type"))
          .contains("application/x-amz-json-1.1");
      assertThat(noSuchPath.statusCode()).isEqualTo(404);
    }
  }

  private static HttpResponse<String> post(HttpClient http, URI uri, String target, String body)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri)
            .header("X-Amz-Target", target)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static void withSystemProperties(Map<String, String> properties, Runnable action) {
    Map<String, Optional<String>> before = new HashMap<>();
    properties.forEach(
        (name, value) -> before.put(name, Optional.ofNullable(System.setProperty(name, value))));
    try {
      action.run();
    } finally {
      before.forEach(
          (name, value) ->
              value.ifPresentOrElse(
                  old -> System.setProperty(name, old), () -> System.clearProperty(name)));
    }
  }
}
