package io.berth.domain.account;

import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.Wallets;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Makes a user of a person who signed in. May be repeated, at each sign-in for instance: what was
 * done stays, and an activation that did not come about is asked for again.
 */
public final class Registration {
  private static final int LONGEST_USERNAME = 40;

  private final Users users;
  private final Wallets wallets;
  private final Activations activations;
  private final InstantSource clock;

  public Registration(Users users, Wallets wallets, Activations activations, InstantSource clock) {
    this.users = users;
    this.wallets = wallets;
    this.activations = activations;
    this.clock = clock;
  }

  /** The user, and whether there was none before. */
  public record Registered(User user, boolean isNew) {}

  /**
   * Registers a person. The wallet is activated for whom the identity provider saw the address of,
   * so that first credit costs at least a mailbox.
   *
   * @param wantedUsername cut to 40 characters of {@code A-Z a-z 0-9 _ -}
   * @param toldEmail used if the identity provider tells none; never counts as verified
   */
  public Registered register(
      Identity identity, Optional<String> wantedUsername, Optional<String> toldEmail) {
    User wanted =
        new User(
            identity.subject(),
            username(wantedUsername.or(identity::email).orElse("")),
            identity.email().or(() -> toldEmail).orElse(""),
            identity.email().isPresent() && identity.emailVerified(),
            clock.instant());
    boolean isNew = users.create(wanted);
    User user = isNew ? wanted : users.find(wanted.id()).orElseThrow();
    if (wanted.emailVerified() && !isActivated(user)) {
      activations.request(user);
    }
    return new Registered(user, isNew);
  }

  private boolean isActivated(User user) {
    return wallets.find(user.id()).flatMap(Wallet::activatedAt).isPresent();
  }

  private static String username(String wanted) {
    String plain = wanted.replaceFirst("@.*", "").replaceAll("[^A-Za-z0-9_-]", "");
    String cut = plain.substring(0, Math.min(plain.length(), LONGEST_USERNAME));
    return cut.isEmpty() ? "user" : cut;
  }
}
