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
 *
 * <p>Each client has a class of its own here, since most functions carry only some of them, and a
 * class that names one that is not there cannot be loaded.
 */
public final class AwsClients {
  private static final SdkHttpClient HTTP = UrlConnectionHttpClient.create();

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
    static final DynamoDbClient CLIENT = DynamoDbClient.builder().httpClient(HTTP).build();
  }

  private static final class Kms {
    static final KmsClient CLIENT = KmsClient.builder().httpClient(HTTP).build();
  }

  private static final class SecretsManager {
    static final SecretsManagerClient CLIENT =
        SecretsManagerClient.builder().httpClient(HTTP).build();
  }

  private static final class Lambda {
    static final LambdaClient CLIENT = LambdaClient.builder().httpClient(HTTP).build();
  }

  private static final class StepFunctions {
    static final SfnClient CLIENT = SfnClient.builder().httpClient(HTTP).build();
  }
}
