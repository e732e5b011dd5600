package io.berth.runtime;

import io.berth.http.Snapshots;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * The AWS clients of this process, each made at first use. Region, credentials and endpoints come
 * from where the SDK looks for them.
 *
 * <p>Each client has a class of its own here, since most functions carry only some of them, and a
 * class that names one that is not there cannot be loaded.
 *
 * <p>Before a snapshot each client's code is run once by a client that is nobody: AWS refuses it,
 * but request, signature, connection and answer are as for any other.
 */
public final class AwsClients {
  private static final SdkHttpClient HTTP = new JavaHttpClient();
  private static final String NOBODY = "nobody";

  private AwsClients() {}

  public static DynamoDbClient dynamoDb() {
    return DynamoDb.CLIENT;
  }

  public static KmsClient kms() {
    return Kms.CLIENT;
  }

  public static SecretsManagerClient secretsManager() {
    return SecretsManager.CLIENT;
  }

  public static LambdaClient lambda() {
    return Lambda.CLIENT;
  }

  public static SfnClient stepFunctions() {
    return StepFunctions.CLIENT;
  }

  private static final class DynamoDb {
    static final DynamoDbClient CLIENT =
        primed(
            DynamoDbClient.builder(),
            DynamoDbClient.builder(),
            client ->
                client.getItem(
                    request ->
                        request
                            .tableName(NOBODY)
                            .key(Map.of(NOBODY, AttributeValue.fromS(NOBODY)))));
  }

  private static final class Kms {
    static final KmsClient CLIENT =
        primed(
            KmsClient.builder(),
            KmsClient.builder(),
            client ->
                client.decrypt(request -> request.ciphertextBlob(SdkBytes.fromUtf8String(NOBODY))));
  }

  private static final class SecretsManager {
    static final SecretsManagerClient CLIENT =
        primed(
            SecretsManagerClient.builder(),
            SecretsManagerClient.builder(),
            client -> client.getSecretValue(request -> request.secretId(NOBODY)));
  }

  private static final class Lambda {
    static final LambdaClient CLIENT =
        primed(
            LambdaClient.builder(),
            LambdaClient.builder(),
            client -> client.invoke(request -> request.functionName(NOBODY)));
  }

  private static final class StepFunctions {
    static final SfnClient CLIENT =
        primed(
            SfnClient.builder(),
            SfnClient.builder(),
            client -> client.describeExecution(request -> request.executionArn(NOBODY)));
  }

  private static <
          B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient>
      C primed(B builder, B nobodysBuilder, Consumer<C> call) {
    Snapshots.prime(
        builder.getClass().getSimpleName(),
        () -> {
          // A connection kept open would be dead in every copy, so this one has its own client.
          try (SdkHttpClient http = new JavaHttpClient();
              C nobody =
                  nobodysBuilder
                      .httpClient(http)
                      .credentialsProvider(
                          StaticCredentialsProvider.create(
                              AwsBasicCredentials.create(NOBODY, NOBODY)))
                      .overrideConfiguration(
                          override -> override.apiCallTimeout(Duration.ofSeconds(5)))
                      .build()) {
            call.accept(nobody);
          }
        });
    return builder.httpClient(HTTP).build();
  }
}
