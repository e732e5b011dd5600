package io.berth.domain.account;

import static io.berth.domain.account.Scope.DEPLOYMENTS_READ;
import static io.berth.domain.account.Scope.KEYS_ADMIN;
import static io.berth.domain.account.Scope.LOGS_READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.request.RequestId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Keys made, rolled and changed. */
class KeyIssuerTest {
  private static final Access FULL = new Access.Full();
  private static final Access READER = new Access.Limited(Set.of(DEPLOYMENTS_READ));
  private static final Access ADMIN =
      new Access.Limited(Set.of(DEPLOYMENTS_READ, LOGS_READ, KEYS_ADMIN));

  private Instant now = Instant.parse("2026-11-25T12:00:00Z");
  private final MemoryKeys keys = new MemoryKeys();
  private final KeyIssuer issuer =
      new KeyIssuer(keys, "test", () -> Pepper.of(new byte[] {1}), new SecureRandom(), () -> now);
  private final KeyEditor editor = new KeyEditor(keys, () -> now);

  private ApiKey made(Access access) {
    return issuer.issue(request(), "ann", FULL, new KeyTerms("ci", access, Optional.empty())).key();
  }

  private ApiKey now(ApiKey key) {
    return keys.find("ann", key.id()).orElseThrow();
  }

  private static UnaryOperator<KeyTerms> to(Access access) {
    return terms -> new KeyTerms(terms.name(), access, terms.expiresAt());
  }

  private static void assertRefused(Class<? extends Problem> problem, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.problem()).isInstanceOf(problem));
  }

  @Test
  void aKeyGivesNoMoreThanItHas() {
    KeyTerms reader = new KeyTerms("r", READER, Optional.empty());

    assertThat(issuer.issue(request(), "ann", ADMIN, reader).key().terms()).isEqualTo(reader);
    assertRefused(
        Problem.Forbidden.class,
        () -> issuer.issue(request(), "ann", READER, new KeyTerms("a", ADMIN, Optional.empty())));
    assertRefused(
        Problem.Forbidden.class,
        () -> issuer.issue(request(), "ann", ADMIN, new KeyTerms("f", FULL, Optional.empty())));
    assertThat(keys.list("ann")).hasSize(1);
  }

  @Test
  void aRepeatedRequestLeavesOneKeyWithTheTextThatWasToldLast() {
    RequestId request = request();
    KeyTerms terms = new KeyTerms("ci", FULL, Optional.empty());
    ApiKey lost = issuer.issue(request, "ann", FULL, terms).key();
    ApiKey told = issuer.issue(request, "ann", FULL, terms).key();

    assertThat(keys.list("ann")).extracting(ApiKey::id).containsExactly(lost.id());
    assertThat(keys.findByDigest(lost.digest())).isEmpty();
    assertThat(keys.findByDigest(told.digest())).isPresent();
    assertThat(issuer.issue(request, "bob", FULL, terms).key().id()).isNotEqualTo(told.id());
  }

  @Test
  void aRepeatedRollLeavesOneSuccessorWithTheTextThatWasToldLast() {
    ApiKey old = made(READER);
    RequestId request = request();
    Duration overlap = Duration.ofMinutes(5);
    ApiKey lost = issuer.roll(request, "ann", FULL, old.id(), overlap, Optional.empty()).key();
    Instant end = now.plus(overlap);
    now = now.plusSeconds(60);
    ApiKey told = issuer.roll(request, "ann", FULL, old.id(), overlap, Optional.empty()).key();

    assertThat(keys.list("ann")).extracting(ApiKey::id).containsOnly(told.id(), old.id());
    assertThat(told.id()).isEqualTo(lost.id());
    assertThat(keys.findByDigest(lost.digest())).isEmpty();
    assertThat(keys.findByDigest(told.digest())).isPresent();
    assertThat(told.terms()).isEqualTo(old.terms());
    assertThat(now(old).terms().expiresAt()).contains(end);
  }

  @Test
  void aRollIsTakenUpThoughTheOldKeyHasEnded() {
    ApiKey old = made(FULL);
    RequestId request = request();
    issuer.roll(request, "ann", FULL, old.id(), Duration.ZERO, Optional.empty());

    ApiKey told =
        issuer.roll(request, "ann", FULL, old.id(), Duration.ZERO, Optional.empty()).key();

    assertThat(told.isLive(now)).isTrue();
    assertThat(keys.findByDigest(told.digest())).isPresent();
  }

  @Test
  void aTextThatAnotherTryDrewMeanwhileIsReplacedToo() {
    RequestId request = request();
    KeyTerms terms = new KeyTerms("ci", FULL, Optional.empty());
    issuer.issue(request, "ann", FULL, terms);
    keys.meanwhile = () -> issuer.issue(request, "ann", FULL, terms);

    ApiKey told = issuer.issue(request, "ann", FULL, terms).key();

    assertThat(keys.list("ann")).containsExactly(told);
  }

  @Test
  void noUserHasMoreThanFiftyKeys() {
    for (int i = 0; i < 50; i++) {
      made(FULL);
    }

    assertThatThrownBy(() -> made(FULL))
        .isInstanceOf(Refusal.class)
        .hasMessage("You have 50 API keys, which is the most there may be; delete one first");
    keys.delete("ann", keys.list("ann").getFirst().id());
    assertThat(made(FULL)).isNotNull();
  }

  @Test
  void whoHasFiftyKeysCanStillRollTenOfThem() {
    ApiKey first = made(FULL);
    for (int i = 1; i < 50; i++) {
      made(FULL);
    }
    for (int i = 0; i < 10; i++) {
      issuer.roll(request(), "ann", FULL, first.id(), Duration.ofHours(1), Optional.empty());
    }

    assertRefused(
        Problem.Impossible.class,
        () ->
            issuer.roll(request(), "ann", FULL, first.id(), Duration.ofHours(1), Optional.empty()));
  }

  @Test
  void aSuccessorHasTheOldKeysTermsAndTheOldKeyAnEnd() {
    ApiKey old = made(READER);

    KeyIssuer.Issued next =
        issuer.roll(request(), "ann", FULL, old.id(), Duration.ofMinutes(5), Optional.empty());

    assertThat(next.key().terms()).isEqualTo(old.terms());
    assertThat(next.key().digest()).isNotEqualTo(old.digest());
    assertThat(now(old).terms().expiresAt()).contains(now.plus(Duration.ofMinutes(5)));
    assertThat(now(old).terms().access()).isEqualTo(READER);
  }

  @Test
  void anOverlapOfZeroEndsTheOldKeyAtOnce() {
    ApiKey old = made(FULL);

    issuer.roll(request(), "ann", FULL, old.id(), Duration.ZERO, Optional.empty());

    assertThat(now(old).isLive(now)).isFalse();
  }

  @Test
  void rollingNeverLengthensTheOldKeysLife() {
    Instant end = now.plusSeconds(60);
    ApiKey old =
        issuer.issue(request(), "ann", FULL, new KeyTerms("ci", FULL, Optional.of(end))).key();
    Instant later = now.plus(Duration.ofDays(90));

    KeyIssuer.Issued kept =
        issuer.roll(request(), "ann", FULL, old.id(), Duration.ofDays(7), Optional.empty());
    KeyIssuer.Issued longer =
        issuer.roll(request(), "ann", FULL, old.id(), Duration.ofDays(7), Optional.of(later));

    assertThat(now(old).terms().expiresAt()).contains(end);
    assertThat(kept.key().terms().expiresAt()).contains(end);
    assertThat(longer.key().terms().expiresAt()).contains(later);
  }

  @Test
  void aKeyRollsNoKeyThatMayDoMore() {
    ApiKey full = made(FULL);

    assertRefused(
        Problem.Forbidden.class,
        () -> issuer.roll(request(), "ann", ADMIN, full.id(), Duration.ZERO, Optional.empty()));
    assertThat(now(full)).isEqualTo(full);
    assertThat(keys.list("ann")).hasSize(1);
  }

  @Test
  void rollingGoesByTheKeyAsItIsWhenItIsRolled() {
    ApiKey key = made(READER);
    keys.meanwhile = () -> editor.change("ann", FULL, key.id(), to(FULL));

    assertRefused(
        Problem.Forbidden.class,
        () ->
            issuer.roll(request(), "ann", ADMIN, key.id(), Duration.ofHours(1), Optional.empty()));
  }

  @Test
  void changesWhatIsAskedAndKeepsTheRest() {
    ApiKey key = made(ADMIN);
    now = now.plusSeconds(5);

    ApiKey changed =
        editor.change(
            "ann",
            FULL,
            key.id(),
            terms -> new KeyTerms("new", terms.access(), Optional.of(now.plusSeconds(60))));

    assertThat(changed).isEqualTo(now(key));
    assertThat(changed.terms())
        .isEqualTo(new KeyTerms("new", ADMIN, Optional.of(now.plusSeconds(60))));
    assertThat(changed.updatedAt()).isEqualTo(now);
    assertThat(changed.digest()).isEqualTo(key.digest());
  }

  @Test
  void losesNoChangeToOneAtTheSameTime() {
    ApiKey key = made(FULL);
    keys.meanwhile = () -> editor.change("ann", FULL, key.id(), to(READER));

    ApiKey changed =
        editor.change(
            "ann", FULL, key.id(), terms -> new KeyTerms("new", terms.access(), terms.expiresAt()));

    assertThat(changed.terms()).isEqualTo(new KeyTerms("new", READER, Optional.empty()));
  }

  @Test
  void aKeyRaisesNoKeyAboveItself() {
    ApiKey key = made(READER);

    assertRefused(Problem.Forbidden.class, () -> editor.change("ann", ADMIN, key.id(), to(FULL)));
    assertThat(now(key)).isEqualTo(key);
    assertThat(editor.change("ann", ADMIN, key.id(), to(ADMIN)).terms().access()).isEqualTo(ADMIN);
  }

  @Test
  void anExpiredKeyIsNotWokenUp() {
    ApiKey key =
        issuer
            .issue(
                request(), "ann", FULL, new KeyTerms("ci", FULL, Optional.of(now.plusSeconds(1))))
            .key();
    now = now.plusSeconds(1);

    assertRefused(
        Problem.Impossible.class,
        () ->
            editor.change(
                "ann", FULL, key.id(), terms -> new KeyTerms("ci", FULL, Optional.empty())));
    assertRefused(
        Problem.Impossible.class,
        () -> issuer.roll(request(), "ann", FULL, key.id(), Duration.ofDays(1), Optional.empty()));
  }

  @Test
  void somebodyElsesKeyDoesNotExist() {
    ApiKey key = made(FULL);

    assertRefused(Problem.NotFound.class, () -> editor.change("eve", FULL, key.id(), to(READER)));
    assertRefused(
        Problem.NotFound.class,
        () -> issuer.roll(request(), "eve", FULL, key.id(), Duration.ZERO, Optional.empty()));
  }

  @Test
  void fullAccessIsNeverThereByOmission() {
    assertThat(Access.of(FULL.texts())).isEqualTo(FULL);
    assertThat(Access.of(ADMIN.texts())).isEqualTo(ADMIN);
    for (Access nothing :
        new Access[] {
          Access.of(java.util.List.of()),
          Access.of(java.util.List.of("")),
          Access.of(java.util.List.of("scope:of-tomorrow"))
        }) {
      assertThat(nothing).isEqualTo(new Access.Limited(Set.of()));
      assertThat(nothing.allows(Set.of(DEPLOYMENTS_READ))).isFalse();
      assertThat(Access.of(nothing.texts())).isEqualTo(nothing);
    }
  }

  private static RequestId request() {
    return new RequestId(UUID.randomUUID().toString(), Instant.EPOCH);
  }
}
