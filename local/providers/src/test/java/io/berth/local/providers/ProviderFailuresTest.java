package io.berth.local.providers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.berth.chain.NodeClient;
import io.berth.chain.NodeConfig;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.Provider;
import io.berth.domain.deployment.ManifestSender;
import io.berth.domain.provider.ClusterEvent;
import io.berth.domain.provider.LeaseStatus;
import io.berth.domain.provider.ManifestOutcome;
import io.berth.domain.provider.PodLine;
import io.berth.domain.provider.ProviderTokens;
import io.berth.domain.provider.ReadCaps;
import io.berth.domain.provider.ReadOutcome;
import io.berth.domain.provider.ReadOutcome.Cut;
import io.berth.domain.provider.StatusOutcome;
import io.berth.domain.provider.TokenRequest;
import io.berth.local.providers.manifest.ManifestJson;
import io.berth.local.providers.manifest.SdlFixtures;
import io.berth.proto.akash.deployment.v1.DeploymentID;
import io.berth.proto.akash.deployment.v1beta4.MsgUpdateDeployment;
import io.berth.proto.akash.market.v1.LeaseClosedReason;
import io.berth.provider.AddressPolicy;
import io.berth.provider.HttpProviderGateway;
import io.berth.provider.ProviderJwt;
import io.berth.provider.WebSocketStreams;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Berth's own client makes of providers that fail, each as its simulation does. What only
 * bytes can show is shown by the tests of {@code shared/provider}; README.md has the whole list.
 */
@Timeout(120)
class ProviderFailuresTest extends TenantOnDevnet {
  private static final String USER = "ann";
  private static final String MANIFEST = new String(SdlFixtures.manifest(CASE), UTF_8);
  private static final ManifestOutcome ACCEPTED = new ManifestOutcome.Accepted();
  private static final ReadCaps CAPS = new ReadCaps(100, 100_000, Duration.ofSeconds(30));
  private static final Duration A_BLOCK = Duration.ofSeconds(6);
  private static final Duration MANIFEST_PATIENCE = Duration.ofSeconds(80);

  private final NodeClient chain =
      new NodeClient(NodeConfig.of(URI.create("http://" + target), devnet.chainId()));
  private final List<TokenRequest> tokenRequests = new ArrayList<>();
  private final ProviderTokens tokens =
      request -> {
        tokenRequests.add(request);
        return ProviderJwt.of(TENANT.address(), request, clock.get(), Duration.ofMinutes(2))
            .sign(TENANT::sign);
      };
  private final HttpProviderGateway gateway =
      new HttpProviderGateway(chain, tokens, AddressPolicy.allowLoopback());
  private final WebSocketStreams streams =
      new WebSocketStreams(chain, tokens, AddressPolicy.allowLoopback());
  private final List<Duration> waits = new ArrayList<>();

  @AfterEach
  void disconnect() {
    chain.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"NORMAL", "OLD_VERSION"})
  void tellsAnotherHashByTheWordsOfProvidersOldAndNew(Persona persona) {
    leased(persona);

    assertThat(put(new String(SdlFixtures.manifest("legacy-v2-nodeport"), UTF_8)))
        .isEqualTo(new ManifestOutcome.StaleVersion("manifest version validation failed"));
    assertThat(put()).isEqualTo(ACCEPTED);
  }

  @Test
  void tellsThatAnOldSdkCannotTakeAFieldItDoesNotKnow() throws Exception {
    String withNewField = withPermissions(MANIFEST);
    leased(Persona.OLD_SDK, ManifestJson.decode(withNewField.getBytes(UTF_8)).version());

    assertThat(put(withNewField))
        .isEqualTo(new ManifestOutcome.StaleVersion("manifest version validation failed"));
    provider.persona(Persona.NORMAL);
    assertThat(put(withNewField)).isEqualTo(ACCEPTED);
  }

  @Test
  void anOldSdkTakesAManifestWithoutNewFields() {
    leased(Persona.OLD_SDK);

    assertThat(put()).isEqualTo(ACCEPTED);
  }

  @Test
  void saysThatNobodyListens() {
    leased(Persona.DOWN);

    assertThat(put()).isInstanceOf(ManifestOutcome.Unreachable.class);
    assertThat(status()).isInstanceOf(StatusOutcome.Unavailable.class);
    assertThat(logs(CAPS)).isInstanceOf(ReadOutcome.Unavailable.class);
    provider.persona(Persona.NORMAL);
    assertThat(put()).isEqualTo(ACCEPTED);
  }

  @Test
  void doesNotTakeAPageOfAnIngressForAnAnswer() {
    leased(Persona.BROKEN_INGRESS);

    assertThat(put())
        .isInstanceOfSatisfying(
            ManifestOutcome.ProviderFailed.class,
            failed -> assertThat(failed.status()).isEqualTo(502));
    assertThat(status()).isEqualTo(new StatusOutcome.Unavailable("the provider answered 502"));
    assertThat(logs(CAPS)).isEqualTo(new ReadOutcome.Unavailable<>("the provider answered 502"));
    assertThat(events()).isEqualTo(new ReadOutcome.Unavailable<>("the provider answered 502"));
  }

  @Test
  void mayRepeatAManifestWhoseAnswerWasLost() {
    leased(Persona.DROPS_ANSWERS);

    assertThat(put()).isInstanceOf(ManifestOutcome.Unreachable.class);
    provider.persona(Persona.NORMAL);
    assertThat(put()).isEqualTo(ACCEPTED);
    blocks(2);
    assertThat(known().services().values())
        .as("deployed once")
        .isNotEmpty()
        .allMatch(service -> service.observedGeneration() == 1);
  }

  @Test
  void sendsAgainWhereAProviderFailsFirst() {
    leased(Persona.FAILS_FIRST);

    sendToLeases();

    assertThat(waits).containsExactly(A_BLOCK);
    blocks(2);
    assertThat(known().services()).isNotEmpty();
  }

  @Test
  void waitsForAProviderThatSeesTheLeaseLate() {
    leased(Persona.LAGGING);

    assertThat(put()).isEqualTo(new ManifestOutcome.NotYetVisible());
    sendToLeases();

    assertThat(waits).containsExactly(A_BLOCK, A_BLOCK, A_BLOCK);
  }

  @Test
  void waitsForAProviderThatSeesTheNewHashLate() throws Exception {
    leased(Persona.NORMAL);
    assertThat(put()).isEqualTo(ACCEPTED);
    provider.persona(Persona.LAGGING);
    String changed = MANIFEST.replace("INHERITED", "INHERITED=1");
    assertThat(changed).isNotEqualTo(MANIFEST);
    tenantSends(
        MsgUpdateDeployment.newBuilder()
            .setId(DeploymentID.newBuilder().setOwner(TENANT.address()).setDseq(DSEQ))
            .setHash(ByteString.copyFrom(ManifestJson.decode(changed.getBytes(UTF_8)).version()))
            .build());

    assertThat(put(changed))
        .isEqualTo(new ManifestOutcome.StaleVersion("manifest version validation failed"));
    sender().sendToLeases(USER, deployment(), changed);

    assertThat(waits).containsExactly(A_BLOCK, A_BLOCK, A_BLOCK);
  }

  @Test
  void passesOnWhatAProvidersPolicySays() {
    leased(Persona.MANIFEST_REFUSING);

    assertThat(put())
        .isInstanceOfSatisfying(
            ManifestOutcome.Rejected.class,
            rejected -> assertThat(rejected.text()).startsWith("manifest rejected: service"));
  }

  @Test
  void sendsNothingToAServerWhoseCertificateIsNotOnTheChain() {
    leased(Persona.WRONG_CERTIFICATE);

    assertSendsNothing("its certificate is not a valid one of the provider on the chain");
  }

  @Test
  void sendsNothingToAServerWhoseCertificateIsRevoked() {
    leased(Persona.NORMAL);
    provider.persona(Persona.REVOKED_CERTIFICATE);
    blocks(2);

    assertSendsNothing("its certificate is not a valid one of the provider on the chain");

    provider.persona(Persona.NORMAL);
    blocks(2);
    assertThat(put()).as("with a new certificate").isEqualTo(ACCEPTED);
  }

  @Test
  void sendsNothingToAServerWithAnotherProvidersValidCertificate() {
    leased(Persona.NORMAL);
    ProviderSimulator other = start("beta", OTHER_PROVIDER, UnaryOperator.identity());
    blocks(3);
    assertThat(chain.validCertificates(other.address())).hasSize(1);
    provider.showCertificateOf(other);

    assertSendsNothing("its certificate is for someone else");
  }

  @ParameterizedTest
  @EnumSource(names = {"CLOCK_BEHIND", "CLOCK_AHEAD"})
  void saysThatAProviderWithAWrongClockRefusesEveryToken(Persona persona) {
    leased(persona);

    assertThat(put()).isEqualTo(new ManifestOutcome.Unauthorized("JWT has invalid claims"));
    assertThat(tokenRequests).as("a fresh one is tried once").hasSize(2);
    assertThat(status()).isEqualTo(new StatusOutcome.Unavailable("the provider refused the token"));
    provider.persona(Persona.NORMAL);
    assertThat(put()).isEqualTo(ACCEPTED);
  }

  @Test
  void doesNotTakeAnAcceptedManifestForARunningWorkload() {
    leased(Persona.NEVER_RUNS);

    assertThat(put()).isEqualTo(ACCEPTED);
    blocks(5);

    assertThat(status()).isEqualTo(new StatusOutcome.NotReady("no manifest yet"));
    assertThat(logs(CAPS))
        .isEqualTo(new ReadOutcome.NotReady<>("the provider has nothing of this lease"));
    assertThat(events())
        .isEqualTo(new ReadOutcome.NotReady<>("the provider has nothing of this lease"));
  }

  @Test
  void tellsWhyAWorkloadDoesNotComeUpUntilTheProviderGivesItUp() {
    leased(Persona.CRASH_LOOPING);
    assertThat(put()).isEqualTo(ACCEPTED);
    blocks(3);

    assertThat(known().services().values())
        .isNotEmpty()
        .allMatch(service -> service.readyReplicas() == 0);
    assertThat(read(events()).items())
        .filteredOn(event -> event.type().equals("Warning"))
        .extracting(ClusterEvent::reason)
        .containsOnly("BackOff");
    assertThat(read(logs(CAPS)).items()).isNotEmpty();

    clock.updateAndGet(now -> now.plus(Duration.ofMinutes(8)));
    blocks(2);
    assertThat(onlyLease().reason()).isEqualTo("lease_closed_reason_unstable");
    assertThat(status()).isEqualTo(new StatusOutcome.NotReady("no manifest yet"));
  }

  @Test
  void saysThatAProviderDoesNotReachItsOwnCluster() {
    leased(Persona.CLUSTER_DOWN);
    assertThat(put()).isEqualTo(ACCEPTED);
    blocks(3);

    assertThat(status()).isEqualTo(new StatusOutcome.Unavailable("the provider answered 503"));
    assertThat(logs(CAPS))
        .isEqualTo(new ReadOutcome.Unavailable<>("the provider does not reach its own cluster"));
    assertThat(events())
        .isEqualTo(new ReadOutcome.Unavailable<>("the provider does not reach its own cluster"));
  }

  @Test
  void knowsAnEventThatIsToldAgain() {
    leased(Persona.REPEATS_EVENTS);
    assertThat(put()).isEqualTo(ACCEPTED);
    blocks(3);

    List<ClusterEvent> told = read(events()).items();

    assertThat(told.stream().map(event -> event.identity()).distinct()).hasSize(told.size() / 2);
  }

  @Test
  void agreesThatAllEventsMayBeForgotten() {
    leased(Persona.FORGETFUL);
    assertThat(put()).isEqualTo(ACCEPTED);
    blocks(3);

    assertThat(events()).isEqualTo(new ReadOutcome.Read<>(List.of(), Optional.empty()));
  }

  @Test
  void stopsReadingLogsWithoutEnd() {
    leased(Persona.FLOODS_LOGS);
    assertThat(put()).isEqualTo(ACCEPTED);
    blocks(3);

    ReadOutcome.Read<PodLine> lines = read(logs(new ReadCaps(50, 100_000, CAPS.time())));
    assertThat(lines.items()).hasSize(50);
    assertThat(lines.cut()).contains(Cut.ITEMS);
    assertThat(read(logs(new ReadCaps(100_000, 2_000, CAPS.time()))).cut()).contains(Cut.BYTES);
  }

  @Test
  void mayStillSendAManifestWhereAProviderFailsToCloseAnEmptyLease() {
    leased(Persona.KEEPS_EMPTY_LEASES);
    clock.updateAndGet(now -> now.plus(Duration.ofMinutes(6)));
    blocks(2);

    assertThat(onlyLease().isActive()).isTrue();
    assertThat(put()).isEqualTo(ACCEPTED);
  }

  @Test
  void followsAProviderThatMovesToAnotherUri() {
    leased(Persona.NORMAL);
    Provider before = record();
    provider.move();
    blocks(3);

    assertThat(gateway.putManifest(USER, before, DSEQ, MANIFEST))
        .isInstanceOf(ManifestOutcome.Unreachable.class);
    assertThat(record().hostUri()).isNotEqualTo(before.hostUri());
    assertThat(put()).isEqualTo(ACCEPTED);
  }

  @ParameterizedTest
  @EnumSource(
      value = LeaseClosedReason.class,
      names = {
        "lease_closed_reason_unstable",
        "lease_closed_reason_decommission",
        "lease_closed_reason_unspecified",
        "lease_closed_reason_manifest_timeout"
      })
  void findsNothingOfALeaseThatTheProviderHasClosed(LeaseClosedReason reason) {
    leased(Persona.NORMAL);
    assertThat(put()).isEqualTo(ACCEPTED);
    provider.closeLease(BID, reason);
    blocks(2);

    assertThat(onlyLease().isActive()).isFalse();
    assertThat(onlyLease().reason()).isEqualTo(reason.name());
    assertThat(status()).isEqualTo(new StatusOutcome.NotReady("no manifest yet"));
    assertThat(put()).isEqualTo(new ManifestOutcome.NotYetVisible());
  }

  /** Takes a lease with a provider that behaves so from then on. */
  private void leased(Persona persona) {
    leased(persona, SdlFixtures.version(CASE));
  }

  private void leased(Persona persona, byte[] hash) {
    start(UnaryOperator.identity());
    blocks(2);
    deploy(SdlFixtures.groups(CASE), hash);
    blocks(3);
    lease();
    provider.persona(persona);
  }

  private void assertSendsNothing(String reason) {
    assertThat(put()).isEqualTo(new ManifestOutcome.Untrusted(reason));
    assertThat(logs(CAPS))
        .isEqualTo(new ReadOutcome.Unavailable<>("the server is not the provider: " + reason));
    assertThat(status())
        .isEqualTo(new StatusOutcome.Unavailable("the server is not the provider: " + reason));
  }

  private Provider record() {
    return chain.provider(PROVIDER.address()).orElseThrow();
  }

  private Lease onlyLease() {
    List<Lease> leases = chain.leases(deployment());
    assertThat(leases).hasSize(1);
    return leases.getFirst();
  }

  private static DeploymentId deployment() {
    return new DeploymentId(TENANT.address(), DSEQ);
  }

  private ManifestOutcome put() {
    return put(MANIFEST);
  }

  private ManifestOutcome put(String manifest) {
    return gateway.putManifest(USER, record(), DSEQ, manifest);
  }

  private void sendToLeases() {
    sender().sendToLeases(USER, deployment(), MANIFEST);
  }

  /** With waits in which a block is made. */
  private ManifestSender sender() {
    return new ManifestSender(
        chain,
        gateway,
        A_BLOCK,
        MANIFEST_PATIENCE,
        clock::get,
        time -> {
          waits.add(time);
          block();
        });
  }

  private StatusOutcome status() {
    return gateway.leaseStatus(USER, record(), BID);
  }

  private LeaseStatus known() {
    StatusOutcome status = status();
    assertThat(status).isInstanceOf(StatusOutcome.Known.class);
    return ((StatusOutcome.Known) status).status();
  }

  private ReadOutcome<PodLine> logs(ReadCaps caps) {
    return streams.logs(USER, record(), BID, List.of(), 10, caps);
  }

  private ReadOutcome<ClusterEvent> events() {
    return streams.events(USER, record(), BID, CAPS);
  }

  private static <T> ReadOutcome.Read<T> read(ReadOutcome<T> outcome) {
    assertThat(outcome).isInstanceOf(ReadOutcome.Read.class);
    return (ReadOutcome.Read<T>) outcome;
  }

  /** A field that came with one of the last SDKs. */
  private static String withPermissions(String manifest) {
    JsonNode groups = JsonMapper.shared().readTree(manifest);
    ObjectNode service = (ObjectNode) groups.at("/0/services/0");
    ObjectNode params = service.putObject("params");
    params.putNull("storage").putNull("credentials");
    params.putObject("permissions").putArray("read").add("logs");
    return groups.toString();
  }
}
