package io.berth.local.providers.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.domain.Bytes;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.OrderId;
import io.berth.local.providers.Persona;
import io.berth.local.providers.manifest.Manifest.Group;
import io.berth.local.providers.manifest.ManifestDesk.Deployed;
import io.berth.local.providers.manifest.ManifestRefusedException.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestDeskTest {
  private static final DeploymentId ID = new DeploymentId("akash1owner", 7);
  private static final BidId LEASE = new BidId(new OrderId("akash1owner", 7, 1, 1), "akash1p", 0);
  private static final String CASE = "parity-v2.0-simple";

  private final Map<BidId, Group> deployed = new HashMap<>();
  private final List<DeploymentId> cameFor = new ArrayList<>();
  private final List<DeploymentId> asked = new ArrayList<>();
  private Deployed onChain =
      new Deployed(Bytes.of(SdlFixtures.version(CASE)), SdlFixtures.groups(CASE), List.of(LEASE));
  private Instant now = Instant.ofEpochSecond(1_790_000_000);
  private Persona persona = Persona.NORMAL;
  private boolean hostsAreTaken;

  private final ManifestDesk desk =
      new ManifestDesk(
          id -> {
            asked.add(id);
            if (onChain == null) {
              throw new IllegalStateException("deployment not found");
            }
            return onChain;
          },
          new ManifestDesk.Cluster() {
            @Override
            public void manifestCame(DeploymentId id) {
              cameFor.add(id);
            }

            @Override
            public boolean isTaken(String host, String owner) {
              return hostsAreTaken;
            }

            @Override
            public void deploy(BidId lease, Group group) {
              deployed.put(lease, group);
            }
          },
          () -> now,
          () -> persona);

  @Test
  void deploysTheGroupOfEveryLease() throws Exception {
    desk.submit(ID, SdlFixtures.manifest(CASE));

    assertThat(deployed).containsOnlyKeys(LEASE);
    assertThat(deployed.get(LEASE).name()).isEqualTo(onChain.groups().getFirst().getName());
  }

  @Test
  void deploysOnlyTheGroupsThatItHasALeaseFor() throws Exception {
    String two = "legacy-v2-multi-groups-ip-endpoint";
    BidId second = new BidId(new OrderId("akash1owner", 7, 2, 1), "akash1p", 0);
    onChain =
        new Deployed(Bytes.of(SdlFixtures.version(two)), SdlFixtures.groups(two), List.of(second));

    desk.submit(ID, SdlFixtures.manifest(two));

    assertThat(deployed).containsOnlyKeys(second);
    assertThat(deployed.get(second).name()).isEqualTo(SdlFixtures.groups(two).get(1).getName());
  }

  @Test
  void refusesWithoutALeaseAndRemembersThatForFiveSecondsOrUntilABlock() throws Exception {
    Deployed leased = onChain;
    onChain = new Deployed(leased.hash(), leased.groups(), List.of());
    assertThat(refusal(CASE)).hasMessage("no lease for deployment");
    onChain = leased;

    now = now.plusSeconds(5);
    assertThat(refusal(CASE).fault()).isEqualTo(Fault.NO_LEASE);
    desk.onBlock();
    desk.submit(ID, SdlFixtures.manifest(CASE));

    assertThat(asked).hasSize(2);
    assertThat(deployed).containsKey(LEASE);
  }

  @Test
  void asksTheChainAgainAfterFiveSeconds() throws Exception {
    desk.submit(ID, SdlFixtures.manifest(CASE));
    desk.submit(ID, SdlFixtures.manifest(CASE));
    assertThat(asked).hasSize(1);

    now = now.plusMillis(5001);
    desk.submit(ID, SdlFixtures.manifest(CASE));

    assertThat(asked).hasSize(2);
  }

  @Test
  void aBadManifestEndsTheWaitForOneToo() {
    assertThat(refusal("legacy-v2-nodeport").fault()).isEqualTo(Fault.VERSION);

    assertThat(cameFor).containsExactly(ID);
    assertThat(deployed).isEmpty();
  }

  @Test
  void anUnreadableOneDoesNot() {
    ManifestRefusedException refused =
        catchThrowableOfType(
            ManifestRefusedException.class, () -> desk.submit(ID, "nonsense".getBytes(UTF_8)));

    assertThat(refused.fault()).isEqualTo(Fault.UNREADABLE);
    assertThat(cameFor).isEmpty();
  }

  @Test
  void passesOnWhyTheChainDidNotAnswer() {
    onChain = null;

    ManifestRefusedException refused = refusal(CASE);

    assertThat(refused.fault()).isEqualTo(Fault.CHAIN);
    assertThat(refused).hasMessage("deployment not found");
  }

  @Test
  void refusesAHostNameOfAnotherOwner() {
    hostsAreTaken = true;

    ManifestRefusedException refused = refusal(CASE);

    assertThat(refused.fault()).isEqualTo(Fault.HOSTNAME);
    assertThat(refused).hasMessageMatching("hostname not allowed: host \".+\" in use");
  }

  @Test
  void refusesEverythingIfThatIsThePolicy() {
    persona = Persona.MANIFEST_REFUSING;

    ManifestRefusedException refused = refusal(CASE);

    assertThat(refused.fault()).isEqualTo(Fault.REJECTED);
    assertThat(refused)
        .hasMessageMatching(
            "manifest rejected: service \".+\" exposed on \\d+:TCP must have a hostname");
  }

  private ManifestRefusedException refusal(String name) {
    return catchThrowableOfType(
        ManifestRefusedException.class, () -> desk.submit(ID, SdlFixtures.manifest(name)));
  }
}
