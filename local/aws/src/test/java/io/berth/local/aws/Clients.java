package io.berth.local.aws;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The real clients, pointed to the stand-ins. */
final class Clients {
  private Clients() {}

  static KmsClient kms(AwsStandIns aws) {
    return pointed(KmsClient.builder(), aws).build();
  }

  static SecretsManagerClient secrets(AwsStandIns aws) {
    return pointed(SecretsManagerClient.builder(), aws).build();
  }

  static LambdaClient lambda(AwsStandIns aws) {
    return pointed(LambdaClient.builder(), aws).build();
  }

  private static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B pointed(
      B builder, AwsStandIns aws) {
    return builder
        .endpointOverride(aws.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
        .httpClientBuilder(UrlConnectionHttpClient.builder());
  }
}
