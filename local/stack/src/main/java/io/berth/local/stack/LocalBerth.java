package io.berth.local.stack;

import io.berth.local.aws.AwsStandIns;
import io.berth.local.aws.InvocationResult;
import io.berth.local.aws.TableDefinition;
import io.berth.local.devnet.Devnet;
import io.berth.local.devnet.DevnetConfig;
import io.berth.local.devnet.Genesis;
import io.berth.local.gateway.ApiGateway;
import io.berth.local.gateway.LambdaFunction;
import io.berth.local.gateway.LambdaRuntime;
import io.berth.local.gateway.Request;
import io.berth.local.gateway.Response;
import io.berth.local.gateway.Schedule;
import io.berth.local.gateway.StateMachine;
import io.berth.local.gateway.Table;
import io.berth.local.gateway.Template;
import io.berth.local.gateway.TemplateInputs;
import io.berth.local.providers.ProviderConfig;
import io.berth.local.providers.ProviderSimulator;
import io.berth.local.providers.bidding.Capacity;
import io.berth.local.stepfunctions.Functions;
import io.berth.local.stepfunctions.StepFunctions;
import io.berth.local.stepfunctions.SystemTimeline;
import io.berth.local.stepfunctions.asl.Definition;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The whole system in one process: a devnet, two providers, stand-ins of AWS, and the functions of
 * {@code template.yaml} behind a gateway. Functions find all of it as they would find the cloud: by
 * their settings and by the SDK's.
 */
public final class LocalBerth implements AutoCloseable {
  private static final long FUNDING_UAKT = 1_000_000_000_000L;
  private static final long FUNDING_UACT = 1_000_000_000_000L;
  private static final long SIGN_UP_UACT = 10_000_000;
  private static final long PROVIDER_UAKT = 1_000_000_000L;
  private static final long PROVIDER_UACT = 1_000_000_000L;
  private static final List<String> PROVIDERS = List.of("alder", "birch");

  /** The second provider asks more than the first, so that there is something to choose. */
  private static final List<BigDecimal> PRICE_FACTORS =
      List.of(BigDecimal.ONE, new BigDecimal("1.3"));

  private static final byte[] SCHEDULED_EVENT =
      "{\"source\":\"aws.events\",\"detail-type\":\"Scheduled Event\",\"detail\":{}}"
          .getBytes(StandardCharsets.UTF_8);

  private static final Capacity PROVIDER_CAPACITY = Capacity.of(256, 1024, 16_384, 8);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final LocalOptions options;
  private final Function<LambdaFunction, ClassLoader> loaders;
  private final LocalKeys keys;
  private Devnet devnet;
  private AwsStandIns aws;
  private LambdaRuntime lambda;
  private StepFunctions stepFunctions;
  private ApiGateway gateway;
  private List<ProviderSimulator> providers;

  private LocalBerth(LocalOptions options, Function<LambdaFunction, ClassLoader> loaders) {
    this.options = options;
    this.loaders = loaders;
    this.keys = new LocalKeys(options.data());
  }

  /**
   * Starts everything.
   *
   * @throws RuntimeException if some part cannot start; nothing is left running then
   */
  public static LocalBerth start(LocalOptions options) {
    ClassLoader ours = Thread.currentThread().getContextClassLoader();
    return start(options, _ -> ours);
  }

  /**
   * Starts everything, with the class loader that each function's handler comes from.
   *
   * @throws RuntimeException if some part cannot start; nothing is left running then
   */
  static LocalBerth start(LocalOptions options, Function<LambdaFunction, ClassLoader> loaders) {
    LocalBerth berth = new LocalBerth(options, loaders);
    try {
      berth.startParts();
      return berth;
    } catch (RuntimeException | IOException e) {
      berth.close();
      throw new IllegalStateException("Berth could not start: " + e.getMessage(), e);
    }
  }

  private void startParts() throws IOException {
    devnet = opened(startDevnet());
    providers = startProviders();
    aws = opened(startAws());
    Template template = template();
    aws.createTables(template.tables().stream().map(LocalBerth::definition).toList());
    lambda = opened(new LambdaRuntime(template, loaders));
    // Functions of one process share its settings; each finds in them what the template gives it.
    aws.sdkProperties().forEach(System::setProperty);
    lambda.environment().forEach(System::setProperty);
    aws.runFunctionsWith(this::invoke);
    stepFunctions = opened(startStepFunctions(template));
    startSchedules(template);
    gateway = opened(ApiGateway.start(template, lambda, options.port()));
    WebPage.serve(gateway, options);
    gateway.local(StepFunctions.PAGES, this::executionsPage);
  }

  private StepFunctions startStepFunctions(Template template) throws IOException {
    ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    parts.push(calls::shutdownNow);
    StepFunctions.Config config = StepFunctions.Config.inMemory();
    StepFunctions started =
        new StepFunctions(
            folder("stepfunctions").map(config::keptIn).orElse(config),
            opened(new SystemTimeline()),
            new SecureRandom(),
            Functions.on(calls, this::invoke));
    aws.serve(StepFunctions.TARGET, started::call);
    for (StateMachine machine : template.stateMachines()) {
      String definition = Files.readString(options.root().resolve(machine.definitionUri()));
      String arn =
          started.add(machine.name(), Definition.read(definition, machine.substitutions()));
      machine.alias().ifPresent(alias -> started.alias(arn, alias));
    }
    return started;
  }

  private void startSchedules(Template template) {
    ScheduledExecutorService scheduler =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("schedules").factory());
    parts.push(scheduler::shutdownNow);
    for (Schedule schedule : template.schedules()) {
      long seconds = schedule.every().toSeconds();
      var _ =
          scheduler.scheduleAtFixedRate(
              () -> runScheduled(schedule.function()), seconds, seconds, TimeUnit.SECONDS);
    }
  }

  /** What a scheduled function throws ends its own run only; its log tells of it. */
  private void runScheduled(String function) {
    var _ = invoke(function, SCHEDULED_EVENT, Optional.empty());
  }

  private Response executionsPage(Request request) {
    return stepFunctions
        .page(request.path())
        .map(html -> Response.text(200, "text/html; charset=utf-8", html))
        .orElseGet(() -> Response.text(404, "text/plain; charset=utf-8", "No such execution\n"));
  }

  private Devnet startDevnet() {
    Genesis.Builder genesis = Genesis.builder();
    genesis.account(keys.key("funding").address(), FUNDING_UAKT, FUNDING_UACT);
    PROVIDERS.forEach(
        name -> genesis.account(keys.key(name).address(), PROVIDER_UAKT, PROVIDER_UACT));
    DevnetConfig config =
        DevnetConfig.defaults().withBlockTime(options.blockTime()).withGenesis(genesis.build());
    return Devnet.start(folder("devnet").map(config::withData).orElse(config));
  }

  private List<ProviderSimulator> startProviders() {
    Duration poll = options.blockTime().dividedBy(5);
    List<ProviderSimulator> started = new ArrayList<>();
    for (int i = 0; i < PROVIDERS.size(); i++) {
      String name = PROVIDERS.get(i);
      ProviderConfig config = ProviderConfig.of(name, keys.key(name), "localhost:" + devnet.port());
      ProviderConfig priced =
          config
              .withAttributes(attributes(name))
              .withCapacity(PROVIDER_CAPACITY)
              .withPricing(config.pricing().times(PRICE_FACTORS.get(i)))
              .withPollInterval(poll);
      started.add(
          opened(
              ProviderSimulator.start(folder("providers").map(priced::withData).orElse(priced))));
    }
    return List.copyOf(started);
  }

  /** As real providers describe themselves: orders for volumes and GPUs look for these. */
  private static Map<String, String> attributes(String name) {
    return Map.of(
        "host", "akash",
        "organization", name,
        "region", "local",
        "capabilities/storage/1/class", "beta2",
        "capabilities/storage/1/persistent", "true",
        "capabilities/storage/2/class", "beta3",
        "capabilities/storage/2/persistent", "true",
        "capabilities/storage/3/class", "ram",
        "capabilities/storage/3/persistent", "false",
        "capabilities/gpu/vendor/nvidia/model/rtx4090", "true");
  }

  private AwsStandIns startAws() {
    AwsStandIns.Config config = AwsStandIns.Config.inMemory();
    return AwsStandIns.start(folder("aws").map(config::keptIn).orElse(config));
  }

  /** The template as it would be deployed here. */
  private Template template() throws IOException {
    Map<String, String> resources =
        Map.of(
            "WalletKey.Arn", aws.kms().ensureKey("alias/berth-wallets"),
            "PepperSecret", aws.secrets().ensure("berth/pepper", LocalBerth::freshPepper),
            "FundingWalletSecret",
                aws.secrets().ensureBytes("berth/funding-wallet", this::fundingMnemonic));
    Map<String, String> parameters =
        new HashMap<>(
            Map.of(
                "KeyEnvironment",
                "local",
                "NodeUri",
                "http://localhost:" + devnet.port(),
                "ChainId",
                devnet.chainId(),
                "BlockIntervalMillis",
                Long.toString(options.blockTime().toMillis()),
                "Auditors",
                "",
                "AllowLoopbackProviders",
                "true",
                "SignUpCreditUact",
                Long.toString(SIGN_UP_UACT),
                "RequestsPerKey",
                "50000",
                "RequestsPerUser",
                "100000",
                // As after a rotation: wallets are sealed with this key, and the first still opens.
                "NewerWalletKeys",
                aws.kms().ensureKey("alias/berth-wallets-2")));
    parameters.put("KeyCacheSeconds", Long.toString(options.keyCache().toSeconds()));
    options
        .identityProvider()
        .ifPresent(
            provider -> {
              parameters.put("OidcIssuer", provider.issuer());
              parameters.put("OidcAudience", provider.audience());
              parameters.put("OidcKeySetUri", provider.keySetUri());
            });
    return Template.read(
        options.root().resolve("template.yaml"),
        TemplateInputs.local().withParameters(parameters).withResources(resources));
  }

  private byte[] fundingMnemonic() {
    return fundingPhrase().getBytes(StandardCharsets.US_ASCII);
  }

  private static String freshPepper() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static TableDefinition definition(Table table) {
    return new TableDefinition(
        table.name(),
        new TableDefinition.Key(table.key().partition(), table.key().sort()),
        table.attributes(),
        table.indexes().stream()
            .map(
                index ->
                    new TableDefinition.Index(
                        index.name(),
                        new TableDefinition.Key(index.key().partition(), index.key().sort()),
                        index.projection(),
                        index.included()))
            .toList(),
        table.ttlAttribute());
  }

  private InvocationResult invoke(String function, byte[] event, Optional<String> clientContext) {
    try {
      var result = lambda.invoke(function, event, clientContext);
      return result.functionError().isPresent()
          ? new InvocationResult.Failed(result.payload())
          : new InvocationResult.Returned(result.payload());
    } catch (LambdaRuntime.FunctionNotFound e) {
      return new InvocationResult.NoSuchFunction();
    }
  }

  private Optional<Path> folder(String name) {
    return options.data().map(path -> path.resolve(name));
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  /** Where the API answers, without a slash at the end. */
  public String url() {
    return "http://localhost:" + gateway.port();
  }

  /** Makes users. */
  public LocalUsers users() {
    return new LocalUsers(lambda);
  }

  /** The address of the wallet that pays for users. */
  public String fundingAddress() {
    return keys.key("funding").address();
  }

  /** The chain, for tests that look behind the API. */
  public Devnet devnet() {
    return devnet;
  }

  /** The providers, for tests that change how they behave. */
  public List<ProviderSimulator> providers() {
    return providers;
  }

  /** AWS, for tests that look behind the API. */
  AwsStandIns aws() {
    return aws;
  }

  /** Executions, for tests that look behind the API. */
  StepFunctions stepFunctions() {
    return stepFunctions;
  }

  /** The functions, for tests that look at what they are told and answer. */
  LambdaRuntime lambda() {
    return lambda;
  }

  /** The mnemonic of the wallet that pays for users, which no one else may see. */
  String fundingPhrase() {
    return keys.phrase("funding");
  }

  /** Stops everything, the last started first. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        System.err.println("could not stop " + part.getClass().getSimpleName() + ": " + e);
      }
    }
  }
}
