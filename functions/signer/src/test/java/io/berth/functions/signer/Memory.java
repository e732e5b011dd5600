package io.berth.functions.signer;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.chain.Fee;
import io.berth.chain.Transactions;
import io.berth.domain.Bytes;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.akash.Coin;
import io.berth.domain.budget.Budget;
import io.berth.domain.budget.Budgets;
import io.berth.domain.budget.Charge;
import io.berth.domain.budget.SigningFacts;
import io.berth.domain.funding.Credit;
import io.berth.domain.funding.GrantRecords;
import io.berth.domain.funding.Grants;
import io.berth.domain.ledger.Controls;
import io.berth.domain.ledger.Intent;
import io.berth.domain.ledger.IntentState;
import io.berth.domain.ledger.Intents;
import io.berth.domain.ledger.Replay;
import io.berth.domain.ledger.TransactionRequest;
import io.berth.domain.wallet.PublicIdentity;
import io.berth.domain.wallet.ReSealRun;
import io.berth.domain.wallet.ReSealRuns;
import io.berth.domain.wallet.Wallet;
import io.berth.domain.wallet.WalletRef;
import io.berth.domain.wallet.WalletSeals;
import io.berth.domain.wallet.Wallets;
import io.berth.wallet.Mnemonic;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/** The signer's surroundings in memory. */
final class Memory {
  static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  static final Instant TIMEOUT = Instant.parse("2026-11-23T12:01:00.000000042Z");

  private Memory() {}

  /** An intent as the ledger records it. */
  static Intent intent(
      String id,
      WalletRef wallet,
      PublicIdentity identity,
      Optional<String> feeGranter,
      ChainMessage message) {
    TransactionRequest request =
        new TransactionRequest(
            identity.address(),
            identity.publicKey(),
            List.of(message),
            "berth",
            TIMEOUT,
            new Replay.ByTimeout(),
            Optional.empty(),
            0);
    Fee fee = new Fee(List.of(Coin.uakt(5_000)), 200_000, feeGranter);
    return new Intent(
        id,
        wallet,
        Transactions.unsigned(request, fee, "chain", 1),
        TIMEOUT,
        1,
        NOW,
        new IntentState.New());
  }

  static String freshPhrase(SecureRandom random) {
    try (Mnemonic mnemonic = Mnemonic.generate(random)) {
      return new String(mnemonic.copyOfPhrase(), StandardCharsets.US_ASCII);
    }
  }

  static final class IntentRows implements Intents {
    final Map<String, Intent> rows = new ConcurrentHashMap<>();

    @Override
    public boolean create(Intent intent) {
      return rows.putIfAbsent(intent.id(), intent) == null;
    }

    @Override
    public boolean createAfter(Optional<String> last, Intent intent) {
      throw new AssertionError("the signer records nothing");
    }

    @Override
    public Optional<String> lastOf(WalletRef wallet) {
      throw new AssertionError("the signer needs one intent only");
    }

    @Override
    public Optional<Intent> find(String id) {
      return Optional.ofNullable(rows.get(id));
    }

    @Override
    public Map<String, Long> ended(Set<String> ids) {
      Map<String, Long> ended = new HashMap<>();
      for (String id : ids) {
        if (rows.get(id).state() instanceof IntentState.Ended end) {
          ended.put(id, end.height());
        }
      }
      return ended;
    }

    @Override
    public boolean advance(Intent from, IntentState next) {
      return rows.replace(from.id(), from, from.with(next));
    }
  }

  /** What is known of grants, as far as the signer reads it. */
  static final class GrantRows implements GrantRecords {
    final Map<String, Grants> rows = new HashMap<>();

    @Override
    public synchronized Grants of(String userId) {
      return rows.getOrDefault(userId, Grants.fresh(userId));
    }

    @Override
    public synchronized boolean replace(Grants seen, Grants next) {
      if (!of(seen.userId()).equals(seen)) {
        return false;
      }
      rows.put(seen.userId(), next);
      return true;
    }

    @Override
    public Set<String> inFlightWith(String userId, String intentId) {
      return of(userId).inFlight();
    }

    @Override
    public synchronized void ended(String userId, Set<String> intentIds, long height) {
      Grants known = of(userId);
      Set<String> left = new HashSet<>(known.inFlight());
      left.removeAll(intentIds);
      rows.put(
          userId,
          new Grants(
              userId,
              known.version() + 1,
              left,
              Math.max(known.height(), height),
              known.changes(),
              known.change(),
              known.pending()));
    }

    synchronized boolean fly(String userId, String intentId) {
      Grants known = of(userId);
      Set<String> inFlight = new HashSet<>(known.inFlight());
      inFlight.add(intentId);
      rows.put(
          userId,
          new Grants(
              userId,
              known.version() + 1,
              inFlight,
              known.height(),
              known.changes(),
              known.change(),
              known.pending()));
      return known.change().isEmpty();
    }

    @Override
    public Optional<Credit> credit(String userId, String reference) {
      throw new AssertionError("the signer knows no credits");
    }

    @Override
    public boolean credit(Grants seen, Grants next, Credit credit) {
      throw new AssertionError("the signer credits nobody");
    }

    @Override
    public boolean granted(Grants seen, Grants next, List<Credit> credits) {
      throw new AssertionError("the signer changes no grants");
    }

    @Override
    public void eachUser(Consumer<String> consumer) {
      throw new AssertionError("the signer asks for one user only");
    }
  }

  static final class BudgetRows implements Budgets {
    final Map<String, Budget> rows = new HashMap<>();
    private final Intents intents;
    private final GrantRows grants;
    private final Wallets wallets;
    private final Controls controls;

    BudgetRows(Intents intents, GrantRows grants, Wallets wallets, Controls controls) {
      this.intents = intents;
      this.grants = grants;
      this.wallets = wallets;
      this.controls = controls;
    }

    synchronized Budget budget(String userId) {
      return rows.getOrDefault(userId, Budget.fresh(userId));
    }

    @Override
    public SigningFacts facts(String userId, String intentId) {
      Grants known = grants.of(userId);
      return new SigningFacts(
          intents.find(intentId),
          wallets.find(userId),
          budget(userId),
          known.change().isPresent(),
          controls.read());
    }

    @Override
    public synchronized boolean sign(Intent intent, IntentState.Signed signed, Charge charge) {
      String userId = charge.seen().userId();
      Budget next = budget(userId).after(charge.cost(), charge.today());
      if (next.spent().fees().compareTo(charge.most().fees()) > 0
          || next.spent().deposits().compareTo(charge.most().deposits()) > 0
          || !intents.find(intent.id()).equals(Optional.of(intent))
          || !grants.fly(userId, intent.id())) {
        return false;
      }
      rows.put(userId, next);
      return intents.advance(intent, signed);
    }
  }

  /** Wallets, which page by the order of user ids. */
  static final class WalletRows implements Wallets, WalletSeals {
    final Map<String, Wallet> rows = new TreeMap<>();
    final Set<String> unreadable = new TreeSet<>();

    @Override
    public boolean create(Wallet wallet) {
      return rows.putIfAbsent(wallet.userId(), wallet) == null;
    }

    @Override
    public Optional<Wallet> find(String userId) {
      return Optional.ofNullable(rows.get(userId));
    }

    @Override
    public void markActivated(String userId, Instant at) {
      throw new AssertionError("the signer activates nobody");
    }

    @Override
    public Page page(Optional<String> after, int most) {
      List<String> users =
          Stream.concat(rows.keySet().stream(), unreadable.stream())
              .sorted()
              .filter(user -> after.isEmpty() || user.compareTo(after.get()) > 0)
              .limit(most)
              .toList();
      return new Page(
          users.stream().filter(rows::containsKey).map(rows::get).toList(),
          users.stream().filter(unreadable::contains).toList(),
          users.size() < most ? Optional.empty() : Optional.of(users.getLast()));
    }

    @Override
    public boolean replaceSeal(Wallet wallet, Bytes sealed) {
      Wallet now = rows.get(wallet.userId());
      boolean same =
          now != null
              && now.walletId().equals(wallet.walletId())
              && now.sealedMnemonic().equals(wallet.sealedMnemonic());
      if (same) {
        rows.put(wallet.userId(), withSeal(now, sealed));
      }
      return same;
    }
  }

  static Wallet withSeal(Wallet wallet, Bytes sealed) {
    return new Wallet(
        wallet.userId(),
        wallet.walletId(),
        wallet.address(),
        wallet.publicKey(),
        sealed,
        wallet.enabled(),
        wallet.createdAt(),
        wallet.activatedAt());
  }

  static final class Runs implements ReSealRuns {
    Optional<ReSealRun> row = Optional.empty();

    @Override
    public Optional<ReSealRun> last() {
      return row;
    }

    @Override
    public boolean keep(ReSealRun run) {
      boolean next = row.map(ReSealRun::revision).orElse(0L) == run.revision() - 1;
      if (next) {
        row = Optional.of(run);
      }
      return next;
    }
  }

  /**
   * KMS, as far as data keys go: what it wrapped it unwraps by the same key in the same context.
   */
  static final class Kms implements KmsClient {
    private record Wrapped(String keyId, Map<String, String> context, Bytes plaintext) {}

    private final SecureRandom random = new SecureRandom();
    private final Map<SdkBytes, Wrapped> wrapped = new HashMap<>();

    @Override
    public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
      byte[] plaintext = new byte[32];
      random.nextBytes(plaintext);
      SdkBytes blob = SdkBytes.fromUtf8String("wrapped " + wrapped.size());
      wrapped.put(
          blob, new Wrapped(request.keyId(), request.encryptionContext(), Bytes.of(plaintext)));
      return GenerateDataKeyResponse.builder()
          .plaintext(SdkBytes.fromByteArrayUnsafe(plaintext))
          .ciphertextBlob(blob)
          .build();
    }

    @Override
    public DecryptResponse decrypt(DecryptRequest request) {
      Wrapped known = wrapped.get(request.ciphertextBlob());
      if (known == null || !known.context().equals(request.encryptionContext())) {
        throw InvalidCiphertextException.builder().build();
      }
      if (!known.keyId().equals(request.keyId())) {
        throw IncorrectKeyException.builder().build();
      }
      return DecryptResponse.builder()
          .plaintext(SdkBytes.fromByteArrayUnsafe(known.plaintext().toArray()))
          .build();
    }

    @Override
    public String serviceName() {
      return "kms";
    }

    @Override
    public void close() {}
  }

  /** Secrets Manager with one secret, stored as bytes; remembers the arrays it gave away. */
  static final class FundingSecret implements SecretsManagerClient {
    final List<byte[]> given = new ArrayList<>();
    private final String phrase;

    FundingSecret(String phrase) {
      this.phrase = phrase;
    }

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
      assertThat(request.secretId()).isEqualTo("funding");
      byte[] bytes = phrase.getBytes(StandardCharsets.US_ASCII);
      given.add(bytes);
      return GetSecretValueResponse.builder()
          .secretBinary(SdkBytes.fromByteArrayUnsafe(bytes))
          .build();
    }

    @Override
    public String serviceName() {
      return "secretsmanager";
    }

    @Override
    public void close() {}
  }
}
