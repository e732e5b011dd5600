package io.berth.runtime;

import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * The AWS clients of this process, each made at first use. Region, credentials and endpoints come
 * from where the SDK looks for them.
 */
public final class AwsClients {
  private static final SdkHttpClient HTTP = UrlConnectionHttpClient.create();
  private static final Lazy<DynamoDbClient> DYNAMO_DB =
      Lazy.of(() -> DynamoDbClient.builder().httpClient(HTTP).build());
  private static final Lazy<KmsClient> KMS =
      Lazy.of(() -> KmsClient.builder().httpClient(HTTP).build());
  private static final Lazy<SecretsManagerClient> SECRETS =
      Lazy.of(() -> SecretsManagerClient.builder().httpClient(HTTP).build());
  private static final Lazy<LambdaClient> LAMBDA =
      Lazy.of(() -> LambdaClient.builder().httpClient(HTTP).build());
  private static final Lazy<SfnClient> STEP_FUNCTIONS =
      Lazy.of(() -> SfnClient.builder().httpClient(HTTP).build());

  private AwsClients() {}

  public static DynamoDbClient dynamoDb() {
    return DYNAMO_DB.get();
  }

  public static KmsClient kms() {
    return KMS.get();
  }

  public static SecretsManagerClient secretsManager() {
    return SECRETS.get();
  }

  public static LambdaClient lambda() {
    return LAMBDA.get();
  }

  public static SfnClient stepFunctions() {
    return STEP_FUNCTIONS.get();
  }
}
