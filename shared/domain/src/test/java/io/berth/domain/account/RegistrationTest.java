package io.berth.domain.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.Bytes;
import io.berth.domain.account.Registration.Registered;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.Wallets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistrationTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Identity ANN = new Identity("ann", Optional.of("ann@example.com"), true);

  private final Map<String, User> users = new HashMap<>();
  private final Map<String, Wallet> wallets = new HashMap<>();
  private final List<String> activations = new ArrayList<>();
  private final Registration registration =
      new Registration(
          new MemoryUsers(), new MemoryWallets(), user -> activations.add(user.id()), () -> NOW);

  @Test
  void keepsThePersonAndHasTheWalletActivated() {
    Registered registered = registration.register(ANN, Optional.of("ann-1"), Optional.empty());

    assertThat(registered.isNew()).isTrue();
    assertThat(registered.user()).isEqualTo(new User("ann", "ann-1", "ann@example.com", true, NOW));
    assertThat(users).containsEntry("ann", registered.user());
    assertThat(activations).containsExactly("ann");
  }

  @Test
  void keepsWhatWasRegisteredFirst() {
    User first = registration.register(ANN, Optional.of("ann"), Optional.empty()).user();

    Registered again =
        registration.register(
            new Identity("ann", Optional.of("new@example.com"), true),
            Optional.of("eve"),
            Optional.empty());

    assertThat(again.isNew()).isFalse();
    assertThat(again.user()).isEqualTo(first);
  }

  @Test
  void asksForTheActivationAgainUntilItHasComeAbout() {
    registration.register(ANN, Optional.empty(), Optional.empty());
    wallets.put("ann", wallet(Optional.empty()));
    registration.register(ANN, Optional.empty(), Optional.empty());
    assertThat(activations).hasSize(2);

    wallets.put("ann", wallet(Optional.of(NOW)));
    registration.register(ANN, Optional.empty(), Optional.empty());
    assertThat(activations).hasSize(2);
  }

  @Test
  void activatesWhoeverIsVerifiedLater() {
    registration.register(
        new Identity("ann", Optional.of("ann@example.com"), false),
        Optional.empty(),
        Optional.empty());
    assertThat(activations).isEmpty();

    registration.register(ANN, Optional.empty(), Optional.empty());
    assertThat(activations).containsExactly("ann");
  }

  @Test
  void takesNobodysWordForTheirOwnAddress() {
    Registered registered =
        registration.register(
            new Identity("eve", Optional.empty(), true),
            Optional.empty(),
            Optional.of("ann@example.com"));

    assertThat(registered.user().email()).isEqualTo("ann@example.com");
    assertThat(registered.user().emailVerified()).isFalse();
    assertThat(activations).isEmpty();
  }

  @Test
  void namesPeopleInPlainLetters() {
    assertThat(nameOf("Ann of the Hill!")).isEqualTo("AnnoftheHill");
    assertThat(nameOf("ann@example.com")).isEqualTo("ann");
    assertThat(nameOf("x".repeat(41))).isEqualTo("x".repeat(40));
    assertThat(nameOf("漢字")).isEqualTo("user");
  }

  private String nameOf(String wanted) {
    users.clear();
    return registration.register(ANN, Optional.of(wanted), Optional.empty()).user().username();
  }

  @Test
  void aSubjectCanStandInAPurpose() {
    assertThat(Identity.isSubject("auth0|64f0c0ffee")).isTrue();
    assertThat(Identity.isSubject("a/b")).isFalse();
    assertThatThrownBy(() -> new Identity("a/b", Optional.empty(), false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Wallet wallet(Optional<Instant> activatedAt) {
    return new Wallet(
        "ann",
        "w",
        "akash1x",
        Bytes.of(new byte[33]),
        Bytes.of(new byte[1]),
        true,
        NOW,
        activatedAt);
  }

  private final class MemoryUsers implements Users {
    @Override
    public boolean create(User user) {
      return users.putIfAbsent(user.id(), user) == null;
    }

    @Override
    public Optional<User> find(String id) {
      return Optional.ofNullable(users.get(id));
    }
  }

  private final class MemoryWallets implements Wallets {
    @Override
    public boolean create(Wallet wallet) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Optional<Wallet> find(String userId) {
      return Optional.ofNullable(wallets.get(userId));
    }

    @Override
    public void markActivated(String userId, Instant at) {
      throw new AssertionError("not asked for");
    }
  }
}
