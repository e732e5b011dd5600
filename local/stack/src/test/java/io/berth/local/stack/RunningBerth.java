package io.berth.local.stack;

import io.berth.local.stack.ApiClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One local system for all system tests of this JVM, started at the first use and stopped at the
 * end. Its functions have nothing around them but their packages, as in Lambda. Users are fresh for
 * each test, so that tests do not meet.
 */
final class RunningBerth implements ParameterResolver {
  private static final Duration BLOCK_TIME = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(100);

  /** What tests are given. */
  static final class Town implements AutoCloseable {
    private final IdentityProvider identityProvider = new IdentityProvider();
    private final LocalBerth berth = start(identityProvider);
    private final AtomicInteger users = new AtomicInteger();
    private User shared;
    private User tormented;

    private Town() {}

    /** Who vouches for people that sign in. */
    IdentityProvider identityProvider() {
      return identityProvider;
    }

    LocalBerth berth() {
      return berth;
    }

    /** A funded user with an API key. */
    User user(long creditUact) {
      String id = "user-" + users.incrementAndGet();
      String address = berth.users().activate(id, creditUact);
      String key = berth.users().apiKey(id, "test", Optional.empty());
      return new User(id, address, key, stranger(Optional.of(key)));
    }

    User user() {
      return user(20_000_000);
    }

    /** One and the same user for tests that change nothing. */
    synchronized User shared() {
      if (shared == null) {
        shared = user();
      }
      return shared;
    }

    /** One and the same user for tests that send nonsense. */
    synchronized User tormented() {
      if (tormented == null) {
        tormented = user();
      }
      return tormented;
    }

    /** Someone without a key, or with a wrong one. */
    ApiClient stranger(Optional<String> apiKey) {
      return new ApiClient(berth.url(), apiKey).watchedBy(OpenApi.ours()::hold);
    }

    /** A person with a token of the identity provider. */
    ApiClient person(String token) {
      return ApiClient.withToken(berth.url(), token).watchedBy(OpenApi.ours()::hold);
    }

    @Override
    public void close() {
      berth.close();
      identityProvider.close();
    }
  }

  record User(String id, String address, String apiKey, ApiClient api) {}

  /** Reads again until the answer is as wanted; blocks and providers take their time. */
  static Answer until(Supplier<Answer> read, Predicate<Answer> wanted) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    Answer answer = read.get();
    while (!wanted.test(answer)) {
      if (System.nanoTime() > giveUp) {
        throw new AssertionError("gave up waiting; last answer: " + answer);
      }
      LockSupport.parkNanos(POLL.toNanos());
      answer = read.get();
    }
    return answer;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Town.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(RunningBerth.class))
        .computeIfAbsent(Town.class, type -> new Town(), Town.class);
  }

  private static LocalBerth start(IdentityProvider identityProvider) {
    return LocalBerth.start(
        new LocalOptions(root(), 0, BLOCK_TIME, Optional.empty())
            .with(identityProvider.asBerthSeesIt()),
        new Packages(root()));
  }

  /** The checkout: tests run in local/stack. */
  static Path root() {
    return Path.of("").toAbsolutePath().getParent().getParent();
  }
}
