package io.berth.local.stack;

import static io.berth.local.stack.RunningBerth.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.domain.Bytes;
import io.berth.domain.wallet.Wallet;
import io.berth.local.providers.Persona;
import io.berth.local.providers.ProviderSimulator;
import io.berth.local.stack.ApiClient.Answer;
import io.berth.local.stack.Eavesdropper.Heard;
import io.berth.local.stack.RunningBerth.User;
import io.berth.runtime.Adapters;
import io.berth.runtime.AwsClients;
import io.berth.runtime.Settings;
import io.berth.store.DynamoWallets;
import io.berth.wallet.KmsDataKeys;
import io.berth.wallet.Mnemonic;
import io.berth.wallet.MnemonicSeal;
import io.berth.wallet.SealContext;
import io.berth.wallet.WalletKey;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A whole run, with everything that can go wrong around secrets, searched for every secret. */
@ExtendWith(RunningBerth.class)
class NoSecretLeaksTest {
  private static final String TASK_TOKENS_PLACE = "event of AskOwnerFunction";
  private static final Pattern TASK_TOKEN = Pattern.compile("\"taskToken\":\"([^\"]+)\"");
  private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
  private static final String TOKENS_PLACE = "answer of IssueProviderTokenFunction";

  /** Functions that get requests of the API, whose events hold all of its headers. */
  private static final Predicate<String> API_EVENT =
      place ->
          place.startsWith("event of ")
              && !Set.of(
                      "SignTransactionFunction",
                      "CreateWalletFunction",
                      "DescribeFundingWalletFunction",
                      "IssueProviderTokenFunction",
                      "ReSealWalletsFunction",
                      "ActivateUserFunction")
                  .contains(place.substring("event of ".length()));

  private static final String BAD_KEY = "ac.sk.local." + "0123456789abcdef".repeat(4) + "00000000";

  private Eavesdropper ear;

  @Test
  void aWholeRunWithItsFailuresShowsNoSecretAnywhere(RunningBerth.Town town) {
    LocalBerth berth = town.berth();
    List<Secret> secrets = new ArrayList<>();
    List<Heard> everything;
    try (Eavesdropper listening = new Eavesdropper(berth)) {
      ear = listening;
      User ann = town.user();
      User rich = town.user(3_000_000_000L);
      User unlucky = town.user();
      List<User> users = List.of(ann, rich, unlucky);
      for (User user : users) {
        secrets.addAll(secretsOf(user));
      }
      secrets.addAll(secretsOfBerth(berth));

      wholeJob(ann);
      refusedRequests(town, ann);
      refusedByTheSigner(rich);
      providersThatFail(berth, ann);
      withoutTheKmsKey(ann);
      withABrokenSeal(unlucky);
      movedToTheNewKey(berth, ann, unlucky);
      withABrokenFundingWallet(berth);

      everything = ear.everything();
    }
    Set<String> tokens = found(TOKEN, TOKENS_PLACE, everything);
    assertThat(tokens).isNotEmpty();
    tokens.forEach(
        token -> secrets.add(Secret.ofText("a provider token", token, TOKENS_PLACE::equals)));
    Set<String> taskTokens = found(TASK_TOKEN, TASK_TOKENS_PLACE, everything);
    assertThat(taskTokens).isNotEmpty();
    taskTokens.forEach(
        token ->
            secrets.add(
                Secret.ofText("a task token", token, NoSecretLeaksTest::mayHaveTaskTokens)));

    for (Secret secret : secrets) {
      assertThat(everything)
          .filteredOn(heard -> !secret.mayBeAt().test(heard.place()))
          .filteredOn(heard -> secret.in().test(heard.text()))
          .extracting(Heard::place)
          .as("where " + secret.name() + " is shown")
          .isEmpty();
    }
    // What is heard is what was done: secrets are found where they are meant to be.
    assertThat(everything).extracting(Heard::place).contains("log", "row of WalletsTable");
    assertThat(secrets)
        .filteredOn(secret -> secret.name().startsWith("the API key"))
        .isNotEmpty()
        .allSatisfy(
            secret -> assertThat(everything).anyMatch(heard -> secret.in().test(heard.text())));
  }

  private void wholeJob(User user) {
    String dseq = create(user);
    JsonNode bid = bids(user, dseq).get(0).at("/bid/id");
    heard(200, user.api().post("/v1/leases", lease(dseq, bid.get("provider").asString())));
    heard(200, user.api().get("/v1/deployments/" + dseq));
    String renewed = Sdls.small().replace("nginx:1.27", "nginx:1.28");
    heard(
        200,
        user.api().send("PUT", "/v1/deployments/" + dseq, Map.of("data", Map.of("sdl", renewed))));
    heard(
        200,
        user.api()
            .post("/v1/deposit-deployment", Map.of("data", Map.of("dseq", dseq, "deposit", 0.5))));
    heard(200, user.api().get("/v1/deployments"));
    heard(200, user.api().get("/v1/users/api-keys"));
    heard(200, user.api().delete("/v1/deployments/" + dseq));
  }

  private void refusedRequests(RunningBerth.Town town, User user) {
    heard(400, user.api().post("/v1/deployments", Sdls.create("version: 1", 5)));
    heard(400, user.api().postText("/v1/deployments", "{"));
    heard(404, user.api().get("/v1/deployments/1"));
    heard(401, town.stranger(Optional.of(BAD_KEY)).get("/v1/deployments"));
    heard(401, town.stranger(Optional.empty()).get("/v1/deployments"));
  }

  /** More than the signer lets one message deposit, though the user has it. */
  private void refusedByTheSigner(User user) {
    Answer answer = user.api().post("/v1/deployments", Sdls.create(Sdls.small(), 2000));
    hear(answer);
    assertThat(answer.status()).isGreaterThanOrEqualTo(400);
    requireHeard("answer of SignTransactionFunction", "deposit-cap");
  }

  private void providersThatFail(LocalBerth berth, User user) {
    ProviderSimulator provider = berth.providers().getFirst();
    String dseq = create(user);
    until(() -> user.api().get("/v1/bids/" + dseq), found -> found.data().size() >= 2);
    Map<Persona, Integer> answers = Map.of(Persona.DOWN, 503, Persona.WRONG_CERTIFICATE, 400);
    for (Persona persona : List.of(Persona.DOWN, Persona.WRONG_CERTIFICATE)) {
      provider.persona(persona);
      try {
        heard(answers.get(persona), user.api().post("/v1/leases", lease(dseq, provider.address())));
      } finally {
        provider.persona(Persona.NORMAL);
      }
    }
    heard(200, user.api().delete("/v1/deployments/" + dseq));
  }

  private void withoutTheKmsKey(User user) {
    String dseq = create(user);
    String key = walletKeys().getFirst();
    AwsClients.kms().disableKey(request -> request.keyId(key));
    try {
      heard(500, user.api().delete("/v1/deployments/" + dseq));
    } finally {
      AwsClients.kms().enableKey(request -> request.keyId(key));
    }
    requireHeard("error of SignTransactionFunction", "DisabledException");
    heard(200, user.api().delete("/v1/deployments/" + dseq));
  }

  private void withABrokenSeal(User user) {
    byte[] sealed = wallet(user).sealedMnemonic().toArray();
    sealed[sealed.length - 1] ^= 1;
    putSeal(user, Bytes.of(sealed));
    ApiClient hasty = user.api().withHeader("Prefer", "respond-async");
    heard(202, hasty.post("/v1/deployments", Sdls.create(Sdls.small(), 1)));
    until(
        () -> user.api().get("/v1/deployments"),
        _ -> isHeard("error of SignTransactionFunction", "the seal does not open"));
  }

  /** A wallet of before the keys were rotated is sealed again, and a broken one is reported. */
  private void movedToTheNewKey(LocalBerth berth, User old, User broken) {
    Wallet wallet = wallet(old);
    SealContext context = SealContext.ofMnemonic(old.id(), wallet.walletId());
    MnemonicSeal oldSeal = seal(walletKeys().subList(1, 2));
    try (Mnemonic mnemonic = seal(walletKeys()).open(wallet.sealedMnemonic(), context)) {
      putSeal(old, oldSeal.seal(mnemonic, context));
    }
    byte[] brokenSeal = wallet(broken).sealedMnemonic().toArray();
    brokenSeal[40] ^= 1; // In the name of its master key, so that it is not current.
    putSeal(broken, Bytes.of(brokenSeal));
    heard(200, old.api().delete("/v1/deployments/" + create(old)));

    berth.lambda().invoke("ReSealWalletsFunction", "{}".getBytes(StandardCharsets.UTF_8));

    requireHeard("answer of ReSealWalletsFunction", "\"finished\":true");
    requireHeard("answer of ReSealWalletsFunction", "\"reSealed\":1");
    requireHeard("answer of ReSealWalletsFunction", "\"brokenUsers\":[\"" + broken.id() + "\"]");
    assertThat(seal(walletKeys()).isCurrent(wallet(old).sealedMnemonic())).isTrue();
    assertThat(wallet(broken).sealedMnemonic()).isEqualTo(Bytes.of(brokenSeal));
    heard(200, old.api().delete("/v1/deployments/" + create(old)));
  }

  private static void putSeal(User user, Bytes sealed) {
    DynamoWallets wallets =
        new DynamoWallets(AwsClients.dynamoDb(), Settings.require("BERTH_WALLETS_TABLE"));
    assertThat(wallets.replaceSeal(wallet(user), sealed)).isTrue();
  }

  private static List<String> walletKeys() {
    return Settings.list("BERTH_WALLET_KEYS");
  }

  private static MnemonicSeal seal(List<String> keys) {
    return new MnemonicSeal(
        keys.stream().map(key -> new KmsDataKeys(AwsClients.kms(), key)).toList(),
        new SecureRandom());
  }

  private void withABrokenFundingWallet(LocalBerth berth) {
    String phrase = berth.fundingPhrase();
    String broken = phrase.substring(0, phrase.lastIndexOf(' ')) + " akash";
    putFundingMnemonic(berth, broken);
    try {
      assertThatThrownBy(() -> berth.users().activate("user-unfunded", 1_000_000))
          .satisfies(e -> ear.hear("exception", e.toString()));
    } finally {
      putFundingMnemonic(berth, phrase);
    }
    requireHeard("error of SignTransactionFunction", "not a mnemonic: WORD");
  }

  private static void putFundingMnemonic(LocalBerth berth, String phrase) {
    berth
        .aws()
        .secrets()
        .putBytes("berth/funding-wallet", phrase.getBytes(StandardCharsets.US_ASCII));
  }

  private String create(User user) {
    return heard(201, user.api().post("/v1/deployments", Sdls.create(Sdls.small(), 1)))
        .data()
        .get("dseq")
        .asString();
  }

  private JsonNode bids(User user, String dseq) {
    Answer bids = until(() -> user.api().get("/v1/bids/" + dseq), found -> !found.data().isEmpty());
    hear(bids);
    return bids.data();
  }

  private static Map<String, Object> lease(String dseq, String provider) {
    return Map.of(
        "leases", List.of(Map.of("dseq", dseq, "gseq", 1, "oseq", 1, "provider", provider)));
  }

  private Answer heard(int status, Answer answer) {
    hear(answer);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    return answer;
  }

  private void hear(Answer answer) {
    ear.hear("API answer", answer.headers() + " " + answer.body());
  }

  private void requireHeard(String place, String text) {
    assertThat(isHeard(place, text)).as(text).isTrue();
  }

  private boolean isHeard(String place, String text) {
    return ear.everything().stream()
        .anyMatch(heard -> heard.place().equals(place) && heard.text().contains(text));
  }

  /** Step Functions itself shows them to operators. */
  private static boolean mayHaveTaskTokens(String place) {
    return Set.of(TASK_TOKENS_PLACE, "row of OperationsTable").contains(place)
        || place.startsWith("history of ");
  }

  private static Set<String> found(Pattern pattern, String place, List<Heard> everything) {
    return everything.stream()
        .filter(heard -> heard.place().equals(place))
        .map(heard -> pattern.matcher(heard.text()))
        .filter(Matcher::find)
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  private static List<Secret> secretsOf(User user) {
    Wallet wallet = wallet(user);
    SealContext context = SealContext.ofMnemonic(user.id(), wallet.walletId());
    List<Secret> secrets = new ArrayList<>();
    try (Mnemonic mnemonic = seal(walletKeys()).open(wallet.sealedMnemonic(), context)) {
      secrets.addAll(secretsOf(user.id(), mnemonic));
    }
    Predicate<String> shownOnce = "answer of CreateApiKeyFunction"::equals;
    secrets.add(
        Secret.ofText("the API key of " + user.id(), user.apiKey(), API_EVENT.or(shownOnce)));
    return secrets;
  }

  private static List<Secret> secretsOfBerth(LocalBerth berth) {
    byte[] phrase = berth.fundingPhrase().getBytes(StandardCharsets.US_ASCII);
    List<Secret> secrets = new ArrayList<>();
    try (Mnemonic mnemonic = Mnemonic.parse(phrase)) {
      secrets.addAll(secretsOf("the funding wallet", mnemonic));
    }
    String pepper =
        AwsClients.secretsManager()
            .getSecretValue(request -> request.secretId(Settings.require("BERTH_PEPPER_SECRET")))
            .secretString();
    secrets.add(Secret.ofBytes("the pepper", pepper.getBytes(StandardCharsets.US_ASCII)));
    secrets.add(Secret.ofBytes("the pepper's bytes", HexFormat.of().parseHex(pepper)));
    return secrets;
  }

  private static List<Secret> secretsOf(String owner, Mnemonic mnemonic) {
    byte[] phrase = mnemonic.copyOfPhrase();
    try (WalletKey key = mnemonic.deriveKey(0)) {
      return List.of(
          Secret.ofPhrase("the phrase of " + owner, new String(phrase, StandardCharsets.US_ASCII)),
          Secret.ofBytes("the phrase of " + owner + ", encoded", phrase),
          Secret.ofBytes("the entropy of " + owner, heldBy(mnemonic, "entropy")),
          Secret.ofBytes("the private key of " + owner, heldBy(key, "privateKey")));
    }
  }

  /** What no method gives away. */
  private static byte[] heldBy(Object secret, String field) {
    try {
      Field held = secret.getClass().getDeclaredField(field);
      held.setAccessible(true);
      return ((byte[]) held.get(secret)).clone();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Wallet wallet(User user) {
    return Adapters.wallets().find(user.id()).orElseThrow();
  }

  @Test
  void theSearchFindsASecretInEachForm() {
    byte[] key = HexFormat.of().parseHex("f585c11aec520db57dd353c69554b21a");
    for (String form : Secret.forms(key)) {
      assertThat(Secret.ofBytes("key", key).in()).accepts("x" + form + "y").rejects("nothing");
    }
    Secret phrase = Secret.ofPhrase("phrase", "slush patrol ozone drill grab fiber");
    assertThat(phrase.in())
        .accepts("slush patrol ozone drill", "[\"ozone\", \"drill\", \"GRAB\",\n \"fiber\"]")
        .rejects("ozone drill grab", "fiber grab drill ozone");
  }
}
