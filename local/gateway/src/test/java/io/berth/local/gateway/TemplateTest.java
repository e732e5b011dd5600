package io.berth.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private static LambdaFunction function(Template template, String logicalId) {
    return template.functions().stream()
        .filter(function -> function.logicalId().equals(logicalId))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aFunctionTakesGlobalsUnderItsOwnProperties() {
    assertThat(function(Sample.template(), "EchoFunction"))
        .isEqualTo(
            new LambdaFunction(
                "EchoFunction",
                "EchoFunction",
                "arn:aws:lambda:us-east-1:000000000000:function:EchoFunction",
                "functions/deployments",
                "io.berth.local.gateway.sample.Echo::handleRequest",
                Duration.ofMinutes(1),
                512,
                Map.of(
                    "BERTH_NETWORK", "devnet",
                    "BERTH_CHAIN_ID", "devnet-1",
                    "BERTH_TABLE", "berth-keys",
                    "BERTH_NODE", "http://node:9090/",
                    "BERTH_SIGNER",
                        "arn:aws:lambda:us-east-1:000000000000:function:SignerFunction")));
    assertThat(function(Sample.template(), "SignerFunction").timeout())
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aFunctionWithANameIsKnownByIt() {
    var authorizer = function(Sample.template(), "AuthorizerFunction");
    assertThat(authorizer.name()).isEqualTo("berth-authorizer");
    assertThat(authorizer.arn()).endsWith(":function:berth-authorizer");
    assertThat(authorizer.environment())
        .containsEntry("BERTH_PEPPER", "arn:aws:secretsmanager:pepper");
  }

  @Test
  void parametersChooseWhatConditionsHold() {
    var mainnet =
        Sample.template()
            .with(Sample.INPUTS.withParameters(Map.of("NodeUrl", "n", "Network", "mainnet")));
    assertThat(function(mainnet, "EchoFunction").environment())
        .containsEntry("BERTH_NODE", "https://n/")
        .containsEntry("BERTH_ONLY_MAINNET", "yes")
        .containsEntry("BERTH_CHAIN_ID", "akashnet-2");
    assertThat(function(mainnet, "MainnetOnlyFunction").handler()).isEqualTo("not.there.Yet");
  }

  @Test
  void routesNameFunctionAndAuthorizer() {
    assertThat(Sample.template().routes())
        .extracting(Route::method, Route::path, Route::function, Route::authorizer)
        .contains(
            tuple("GET", "/stream", "StreamingFunction", Optional.empty()),
            tuple("GET", "/v1/deployments/{dseq}", "EchoFunction", Optional.of("KeyAuthorizer")),
            tuple("GET", "/v2/deployments/{dseq}", "EchoFunction", Optional.of("KeyAuthorizer")),
            tuple("GET", "/v1/cached/{id}", "EchoFunction", Optional.of("CachingAuthorizer")),
            tuple("ANY", "/public", "EchoFunction", Optional.empty()))
        .hasSize(13);
    assertThat(Sample.template().routes().stream().filter(Route::streams))
        .extracting(Route::path)
        .containsExactly("/stream");
  }

  @Test
  void tablesHaveKeysIndexesAndExpiry() {
    assertThat(Sample.template().tables())
        .containsExactly(
            new Table(
                "Keys",
                "berth-keys",
                new Table.Key("pk", Optional.of("sk")),
                Map.of("pk", "S", "sk", "S", "expiry", "N"),
                List.of(
                    new Table.Index(
                        "by-expiry",
                        new Table.Key("expiry", Optional.empty()),
                        "INCLUDE",
                        List.of("owner"))),
                Optional.of("ttl")));
  }

  @Test
  void authorizersNameTheirFunctionAndCaching() {
    assertThat(Sample.template().authorizers())
        .containsEntry(
            "CachingAuthorizer",
            new Authorizer(
                "CachingAuthorizer",
                "AuthorizerFunction",
                List.of(new Authorizer.IdentitySource(Authorizer.Place.HEADER, "x-api-key")),
                Duration.ofMinutes(1)));
  }

  @Test
  void otherResourcesAreListedByType() {
    var secret = Sample.template().resources("AWS::SecretsManager::Secret").getFirst();
    assertThat(secret.logicalId()).isEqualTo("Pepper");
    assertThat(secret.property("Name")).contains("berth/pepper");
    assertThat(secret.property("Description")).contains("pepper of berth");
    assertThat(secret.property("KmsKeyId")).isEmpty();
  }

  @Test
  void aResourceWithoutLocalValueIsNamedWhereItIsUsed() {
    assertFault(
        Sample.yaml(),
        "Resources.AuthorizerFunction.Properties.Environment.Variables.BERTH_PEPPER",
        "Ref Pepper (AWS::SecretsManager::Secret) has no local value",
        Sample.INPUTS.withResources(Map.of()));
  }

  @Test
  void aParameterWithoutValueIsNamedWhereItIsUsed() {
    assertFault(
        Sample.yaml(),
        "Resources.EchoFunction.Properties.Environment.Variables.BERTH_NODE",
        "the parameter NodeUrl has no default and no value",
        Sample.INPUTS.withParameters(Map.of()));
  }

  @Test
  void aValueForAnUndeclaredParameterIsRefused() {
    assertFault(
        Sample.yaml(),
        "Parameters.Netwrok",
        "not declared",
        Sample.INPUTS.withParameters(Map.of("Netwrok", "devnet")));
  }

  @Test
  void aReferenceToNothingIsRefused() {
    assertFault(
        Sample.yaml().replace("!GetAtt SignerFunction.Arn", "!GetAtt SingerFunction.Arn"),
        "Resources.EchoFunction.Properties.Environment.Variables.BERTH_SIGNER",
        "names nothing in this template");
  }

  @Test
  void anUnsupportedFunctionOfCloudFormationIsRefused() {
    assertFault(
        Sample.yaml().replace("!GetAtt SignerFunction.Arn", "!ImportValue signer"),
        "Resources.EchoFunction.Properties.Environment.Variables.BERTH_SIGNER",
        "Fn::ImportValue is not supported");
  }

  @Test
  void anotherRuntimeIsRefused() {
    assertFault(
        Sample.yaml().replace("Runtime: java25", "Runtime: nodejs24.x"),
        "Resources.AuthorizerFunction.Properties.Runtime",
        "only Java");
  }

  @Test
  void aPropertyThatWouldChangeARequestsWayIsRefused() {
    assertFault(
        Sample.yaml()
            .replace("Auth: {Authorizer: CachingAuthorizer}", "Auth: {ApiKeyRequired: true}"),
        "Resources.EchoFunction.Properties.Events.Cached.Properties.Auth.ApiKeyRequired",
        "not supported locally");
    assertFault(
        Sample.yaml().replace("StageName: v", "StageName: v\n      Cors: \"'*'\""),
        "Resources.Api.Properties.Cors",
        "not supported locally");
  }

  @Test
  void anUnknownAuthorizerIsRefused() {
    assertFault(
        Sample.yaml().replace("Authorizer: CachingAuthorizer", "Authorizer: KeyAuthoriser"),
        "Resources.EchoFunction.Properties.Events.Cached.Properties.Auth.Authorizer",
        "names no authorizer");
  }

  @Test
  void cachingWithoutIdentityIsRefused() {
    assertFault(
        Sample.yaml().replace("Headers: [x-api-key], ", ""),
        "Resources.Api.Properties.Auth.Authorizers.CachingAuthorizer",
        "caching needs an identity source");
  }

  @Test
  void theSameRouteTwiceIsRefused() {
    assertFault(
        Sample.yaml().replace("Path: /v1/cached/{id}", "Path: '/v1/deployments/{dseq}'"),
        "Resources.EchoFunction.Properties.Events.Cached",
        "GET /v1/deployments/{dseq} is routed already");
  }

  @Test
  void logicInAGatewayResponseIsRefused() {
    assertFault(
        Sample.yaml().replace("{\"error\":\"TimeoutError\"}", "$input.json()"),
        "Resources.Api.Properties.GatewayResponses.INTEGRATION_TIMEOUT.ResponseTemplates.application/json",
        "substitute variables only");
  }

  @Test
  void aHeaderOfAGatewayResponseNeedsItsQuotes() {
    assertFault(
        Sample.yaml().replace("\"'ApiKey'\"", "ApiKey"),
        "GatewayResponses.UNAUTHORIZED.ResponseParameters.Headers.WWW-Authenticate",
        "must be 'text' in single quotes");
  }

  @Test
  void anUndefinedKeyAttributeIsRefused() {
    assertFault(
        Sample.yaml()
            .replace(
                "{AttributeName: expiry, KeyType: HASH}",
                "{AttributeName: expires, KeyType: HASH}"),
        "Resources.Keys.Properties.GlobalSecondaryIndexes[0].KeySchema[0].AttributeName",
        "is not among AttributeDefinitions");
  }

  @Test
  void aKeyGivenTwiceIsRefusedWithItsLine() {
    assertFault("A: 1\nB: 2\nA: 3\n", "template, line 3", "the key A is given twice");
  }

  @Test
  void anAccountIdKeepsItsZeros() {
    var template =
        Template.parse(
            """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: X
                  Runtime: java25
                  Environment: {Variables: {ACCOUNT: 000123456789, PORT: 8080, ON: true, RAW: !Sub '${!Keep}'}}
            """,
            TemplateInputs.local());
    assertThat(function(template, "F").environment())
        .isEqualTo(
            Map.of("ACCOUNT", "000123456789", "PORT", "8080", "ON", "true", "RAW", "${Keep}"));
  }

  private static void assertFault(String yaml, String place, String problem) {
    assertFault(yaml, place, problem, Sample.INPUTS);
  }

  private static void assertFault(
      String yaml, String place, String problem, TemplateInputs inputs) {
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(
            () -> {
              var template = Template.parse(yaml, inputs);
              template.functions();
              template.routes();
              template.tables();
              template.gatewayResponses();
              template.api();
            })
        .withMessageContaining(place)
        .withMessageContaining(problem);
  }

  private static final String STATE_MACHINE =
      """
      Transform: AWS::Serverless-2016-10-31
      Resources:
        Lifecycle:
          Type: AWS::Serverless::StateMachine
          Properties:
            Name: berth-deployment
            AutoPublishAlias: live
            DefinitionUri: functions/lifecycle/deployment.asl.yaml
            DefinitionSubstitutions:
              CreateFunction: !GetAtt Create.Arn
              WindowSeconds: 300
        Create:
          Type: AWS::Serverless::Function
          Properties:
            Runtime: java25
            Handler: a.B
            Environment:
              Variables:
                BY_REF: !Ref Lifecycle
                BY_ARN: !GetAtt Lifecycle.Arn
                BY_NAME: !GetAtt Lifecycle.Name
      """;

  @Test
  void aStateMachineHasItsDefinitionAndWhatIsSubstitutedInIt() {
    assertThat(Template.parse(STATE_MACHINE, TemplateInputs.local()).stateMachines())
        .containsExactly(
            new StateMachine(
                "Lifecycle",
                "berth-deployment",
                Optional.of("live"),
                "functions/lifecycle/deployment.asl.yaml",
                Map.of(
                    "CreateFunction",
                    "arn:aws:lambda:us-east-1:000000000000:function:Create",
                    "WindowSeconds",
                    "300")));
  }

  @Test
  void aStateMachineIsReferredToByItsArn() {
    var arn = "arn:aws:states:us-east-1:000000000000:stateMachine:berth-deployment";
    assertThat(
            function(Template.parse(STATE_MACHINE, TemplateInputs.local()), "Create").environment())
        .isEqualTo(Map.of("BY_REF", arn, "BY_ARN", arn, "BY_NAME", "berth-deployment"));
  }

  @Test
  void aStateMachineThatCannotRunHereIsRefused() {
    var express = STATE_MACHINE.replace("Name: berth-deployment", "Type: EXPRESS");
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> Template.parse(express, TemplateInputs.local()).stateMachines())
        .withMessageContaining("only STANDARD runs locally");
    var inline =
        STATE_MACHINE.replace(
            "DefinitionUri: functions/lifecycle/deployment.asl.yaml", "Definition: {StartAt: A}");
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> Template.parse(inline, TemplateInputs.local()).stateMachines())
        .withMessageContaining("only definitions in files run locally");
  }

  private static Template withPolicies(String policies) {
    return Template.parse(
        """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          KeysTable:
            Type: AWS::DynamoDB::Table
            Properties: {TableName: keys}
          ReadFunction:
            Type: AWS::Serverless::Function
            Properties:
              Policies: %s
        """
            .formatted(policies),
        TemplateInputs.local());
  }

  @Test
  void aPolicysStatementsAreReadWithTheirArns() {
    var template =
        withPolicies(
            "[{Version: '2012-10-17', Statement: [{Effect: Allow, Action: 'dynamodb:GetItem',"
                + " Resource: [!GetAtt KeysTable.Arn], Condition: {StringEquals: {'aws:a': [x,"
                + " y]}}}]}]");

    assertThat(template.permissions())
        .containsExactly(
            new Permission(
                "ReadFunction",
                "Allow",
                List.of("dynamodb:GetItem"),
                List.of("arn:aws:dynamodb:us-east-1:000000000000:table/keys"),
                Map.of("StringEquals aws:a", "x,y")));
  }

  @Test
  void aPolicyThatIsOnlyNamedIsRefused() {
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(withPolicies("[AmazonDynamoDBFullAccess]")::permissions)
        .withMessageContaining("Resources.ReadFunction.Properties.Policies[0]");
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(withPolicies("[{DynamoDBReadPolicy: {TableName: keys}}]")::permissions)
        .withMessageContaining("DynamoDBReadPolicy");
  }
}
