package io.berth.runtime;

import io.berth.chain.NodeClient;
import io.berth.chain.NodeConfig;
import io.berth.domain.account.Users;
import io.berth.domain.akash.Block;
import io.berth.domain.deployment.DeploymentRecords;
import io.berth.domain.deployment.KeptEvents;
import io.berth.domain.funding.GrantRecords;
import io.berth.domain.ledger.GrantSettler;
import io.berth.domain.ledger.Intents;
import io.berth.domain.lifecycle.Operations;
import io.berth.domain.lifecycle.StateMachine;
import io.berth.domain.limit.RequestCounts;
import io.berth.domain.provider.ProviderGateway;
import io.berth.domain.provider.ProviderStreams;
import io.berth.domain.settings.UserSettings;
import io.berth.domain.status.StatusCache;
import io.berth.domain.status.StatusRefreshes;
import io.berth.domain.wallet.Wallets;
import io.berth.http.Snapshots;
import io.berth.logging.LoggedIntents;
import io.berth.provider.AddressPolicy;
import io.berth.provider.HttpProviderGateway;
import io.berth.provider.PortRange;
import io.berth.provider.WebSocketStreams;
import io.berth.store.DynamoDeploymentRecords;
import io.berth.store.DynamoGrantRecords;
import io.berth.store.DynamoIntents;
import io.berth.store.DynamoKeptEvents;
import io.berth.store.DynamoOperations;
import io.berth.store.DynamoRequestCounts;
import io.berth.store.DynamoStatusCache;
import io.berth.store.DynamoUserSettings;
import io.berth.store.DynamoUsers;
import io.berth.store.DynamoWallets;
import java.net.URI;

/** The domain's ports as this process reaches them: DynamoDB, the node, the signer, providers. */
public final class Adapters {
  private static final Lazy<NodeClient> NODE = Lazy.of(Adapters::connectNode);
  private static final Lazy<LambdaSigner> SIGNER =
      Lazy.of(
          () ->
              new LambdaSigner(
                  AwsClients.lambda(),
                  new LambdaSigner.Functions(
                      Settings.require("BERTH_SIGN_TRANSACTION_FUNCTION"),
                      Settings.require("BERTH_CREATE_WALLET_FUNCTION"),
                      Settings.require("BERTH_DESCRIBE_FUNDING_WALLET_FUNCTION"),
                      Settings.require("BERTH_ISSUE_PROVIDER_TOKEN_FUNCTION"),
                      Settings.require("BERTH_ISSUE_OWNER_TOKEN_FUNCTION")),
                  wallets()));
  private static final Lazy<ProviderGateway> PROVIDERS =
      Lazy.of(() -> new HttpProviderGateway(node(), signer(), addressPolicy()));
  private static final Lazy<ProviderStreams> PROVIDER_STREAMS =
      Lazy.of(() -> new WebSocketStreams(node(), signer(), addressPolicy()));

  private Adapters() {}

  public static Users users() {
    return new DynamoUsers(AwsClients.dynamoDb(), Settings.require("BERTH_USERS_TABLE"));
  }

  public static Wallets wallets() {
    return new DynamoWallets(AwsClients.dynamoDb(), Settings.require("BERTH_WALLETS_TABLE"));
  }

  public static DeploymentRecords deployments() {
    return new DynamoDeploymentRecords(
        AwsClients.dynamoDb(), Settings.require("BERTH_DEPLOYMENTS_TABLE"));
  }

  public static KeptEvents keptEvents() {
    return new DynamoKeptEvents(AwsClients.dynamoDb(), Settings.require("BERTH_REPORTS_TABLE"));
  }

  public static StatusCache statusCache() {
    return new DynamoStatusCache(AwsClients.dynamoDb(), Settings.require("BERTH_REPORTS_TABLE"));
  }

  public static RequestCounts requestCounts() {
    return new DynamoRequestCounts(
        AwsClients.dynamoDb(), Settings.require("BERTH_REQUEST_COUNTS_TABLE"));
  }

  public static StatusRefreshes statusRefreshes() {
    return new LambdaRefreshes(
        AwsClients.lambda(), Settings.require("BERTH_REFRESH_STATUS_FUNCTION"));
  }

  public static UserSettings settings() {
    return new DynamoUserSettings(AwsClients.dynamoDb(), Settings.require("BERTH_SETTINGS_TABLE"));
  }

  public static Intents intents() {
    return new LoggedIntents(
        new DynamoIntents(AwsClients.dynamoDb(), Settings.require("BERTH_INTENTS_TABLE")));
  }

  public static GrantRecords grants() {
    return new DynamoGrantRecords(AwsClients.dynamoDb(), Settings.require("BERTH_GRANTS_TABLE"));
  }

  public static Operations operations() {
    return new DynamoOperations(AwsClients.dynamoDb(), Settings.require("BERTH_OPERATIONS_TABLE"));
  }

  public static StateMachine stateMachine() {
    return new SfnStateMachine(AwsClients.stepFunctions(), Settings.require("BERTH_STATE_MACHINE"));
  }

  private static NodeClient connectNode() {
    NodeConfig config =
        NodeConfig.of(
            URI.create(Settings.require("BERTH_NODE_URI")), Settings.require("BERTH_CHAIN_ID"));
    // By a client of its own: a connection kept open would be dead in every copy.
    Snapshots.prime(
        "the node",
        () -> {
          try (NodeClient node = new NodeClient(config)) {
            Block _ = node.latestBlock();
          }
        });
    return new NodeClient(config);
  }

  /** One connection to the node for the whole process. */
  public static NodeClient node() {
    return NODE.get();
  }

  public static LambdaSigner signer() {
    return SIGNER.get();
  }

  public static ProviderGateway providers() {
    return PROVIDERS.get();
  }

  public static GrantSettler grantSettler() {
    return new LambdaGrantSettler(
        AwsClients.lambda(), Settings.require("BERTH_SETTLE_GRANTS_FUNCTION"));
  }

  public static ProviderStreams providerStreams() {
    return PROVIDER_STREAMS.get();
  }

  private static AddressPolicy addressPolicy() {
    return Settings.isOn("BERTH_ALLOW_LOOPBACK_PROVIDERS")
        ? AddressPolicy.allowLoopback()
        : AddressPolicy.publicOnly(
            Settings.list("BERTH_PROVIDER_PORTS").stream().map(PortRange::parse).toList());
  }
}
