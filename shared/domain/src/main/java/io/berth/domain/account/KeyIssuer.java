package io.berth.domain.account;

import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.request.RequestId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes API keys. No key is made that may do more than the one it is made with. */
public final class KeyIssuer {
  /** How many keys a user may have. */
  public static final int MOST_KEYS = 50;

  /** So many more may come by rolling: who is at the limit must still be able to. */
  public static final int MOST_ROLLED = 10;

  /** The longest time that a rolled key and its successor may both work. */
  public static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

  private final ApiKeys keys;
  private final String environment;
  private final Supplier<Pepper> pepper;
  private final SecureRandom random;
  private final InstantSource clock;

  /**
   * All parts given.
   *
   * @param pepper asked when a key is made, not before
   */
  public KeyIssuer(
      ApiKeys keys,
      String environment,
      Supplier<Pepper> pepper,
      SecureRandom random,
      InstantSource clock) {
    this.keys = keys;
    this.environment = environment;
    this.pepper = pepper;
    this.random = random;
    this.clock = clock;
  }

  /** A key that was just made, with the only copy of its text. */
  public record Issued(ApiKey key, KeyText text) {}

  /**
   * Makes and keeps a key. If a try of the same request made one and broke off, nobody was told its
   * text: that key gets another one.
   *
   * @param request the same for all tries
   * @param caller what whoever asks for it may do
   * @throws Refusal if the key were to do more, or the user has as many keys as there may be
   */
  public Issued issue(RequestId request, String userId, Access caller, KeyTerms terms) {
    KeyRules.requireCovered(caller, terms.access());
    String id = idOf(request, userId);
    return drawnAgain(userId, caller, id).orElseGet(() -> made(id, userId, terms));
  }

  private Issued made(String id, String userId, KeyTerms terms) {
    Issued issued = draw(id, userId, terms, clock.instant());
    if (!keys.create(issued.key(), MOST_KEYS)) {
      throw tooMany();
    }
    return issued;
  }

  /**
   * Makes a key that takes another one's place: with its name, scopes and, unless told otherwise,
   * expiry. The old one works on until the overlap ends. If a try of the same request rolled it and
   * broke off, the successor gets another text, and the old key keeps the end that it has.
   *
   * @param request the same for all tries
   * @param overlap zero to end the old key at once
   * @param expiresAt when the new key stops working; empty for when the old one would have
   * @throws Refusal if there is no such key, it has expired or may do more than the caller, or the
   *     user has as many keys as there may be
   */
  public Issued roll(
      RequestId request,
      String userId,
      Access caller,
      String id,
      Duration overlap,
      Optional<Instant> expiresAt) {
    String successor = idOf(request, userId);
    return drawnAgain(userId, caller, successor)
        .orElseGet(() -> succeeded(successor, userId, caller, id, overlap, expiresAt));
  }

  private Issued succeeded(
      String successor,
      String userId,
      Access caller,
      String id,
      Duration overlap,
      Optional<Instant> expiresAt) {
    while (true) {
      Instant now = clock.instant();
      ApiKey old = KeyRules.requireLive(keys.find(userId, id), now);
      KeyRules.requireCovered(caller, old.terms().access());
      Issued issued = draw(successor, userId, onOtherExpiry(old.terms(), expiresAt), now);
      ApiKey ending = old.on(endingAt(old.terms(), now.plus(overlap)), now);
      switch (keys.succeed(old, ending, issued.key(), MOST_KEYS + MOST_ROLLED)) {
        case DONE -> {
          return issued;
        }
        case TOO_MANY -> throw tooMany();
        case CHANGED -> {
          // By somebody else, just now: again with the key as it is.
        }
      }
    }
  }

  /** With another text, if an earlier try kept the key: nobody was told the one it has. */
  private Optional<Issued> drawnAgain(String userId, Access caller, String id) {
    Optional<ApiKey> untold = keys.find(userId, id);
    while (untold.isPresent()) {
      KeyTerms terms = untold.get().terms();
      KeyRules.requireCovered(caller, terms.access());
      Issued issued = draw(id, userId, terms, clock.instant());
      if (keys.redraw(untold.get(), issued.key())) {
        return Optional.of(issued);
      }
      untold = keys.find(userId, id);
    }
    return Optional.empty();
  }

  private static KeyTerms onOtherExpiry(KeyTerms terms, Optional<Instant> expiresAt) {
    return new KeyTerms(terms.name(), terms.access(), expiresAt.or(terms::expiresAt));
  }

  private static KeyTerms endingAt(KeyTerms terms, Instant end) {
    Optional<Instant> first =
        Stream.concat(Stream.of(end), terms.expiresAt().stream()).sorted().findFirst();
    return new KeyTerms(terms.name(), terms.access(), first);
  }

  private static String idOf(RequestId request, String userId) {
    String name = "api-key/" + userId + "/" + request.id();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private Issued draw(String id, String userId, KeyTerms terms, Instant now) {
    KeyText text = KeyText.generate(environment, random);
    ApiKey key =
        new ApiKey(
            id,
            userId,
            text.digest(pepper.get()),
            text.display(),
            terms,
            now,
            now,
            Optional.empty());
    return new Issued(key, text);
  }

  private static Refusal tooMany() {
    return new Refusal(
        new Problem.Impossible(
            "You have "
                + MOST_KEYS
                + " API keys, which is the most there may be; delete one first"));
  }
}
