package io.berth.http;

import io.berth.domain.Bytes;
import io.berth.domain.account.Access;
import io.berth.domain.account.AccountReader;
import io.berth.domain.account.ApiKey;
import io.berth.domain.account.KeyIssuer;
import io.berth.domain.account.User;
import io.berth.domain.akash.Bid;
import io.berth.domain.akash.BidId;
import io.berth.domain.akash.Certificate;
import io.berth.domain.akash.Coin;
import io.berth.domain.akash.DecCoin;
import io.berth.domain.akash.EscrowAccount;
import io.berth.domain.akash.Lease;
import io.berth.domain.akash.ResourceOffer;
import io.berth.domain.deployment.DeploymentView;
import io.berth.domain.deployment.DeploymentView.LeaseView;
import io.berth.domain.ledger.TransactionResult;
import io.berth.domain.provider.LeaseStatus;
import io.berth.domain.status.KnownStatus;
import io.berth.domain.wallet.Wallet;
import io.berth.sdl.GroupSummary;
import io.berth.sdl.Problem;
import io.berth.sdl.group.Attribute;
import io.berth.sdl.group.GroupSpec;
import io.berth.sdl.group.Resources;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Domain values as Akash Console's API writes them (console-contract.md §1.1–1.6): 64-bit integers
 * and amounts are strings, amounts have 18 decimals, times are ISO 8601 in UTC with milliseconds.
 */
public final class ConsoleJson {
  private static final int AMOUNT_DECIMALS = 18;
  private static final int UACT_DECIMALS = 6;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private ConsoleJson() {}

  /** The deployment detail object. */
  public static Map<String, Object> deployment(DeploymentView view) {
    return deploymentWith(
        view, view.leases().stream().map(lease -> leaseWithStatus(lease, view.at())).toList());
  }

  /** The deployment as it stands in lists: leases with the status that is known. */
  public static Map<String, Object> listedDeployment(DeploymentView view) {
    return deploymentWith(
        view,
        view.leases().stream()
            .map(
                lease ->
                    lease.status().isPresent()
                        ? leaseWithStatus(lease, view.at())
                        : lease(lease.lease()))
            .toList());
  }

  private static Map<String, Object> deploymentWith(
      DeploymentView view, List<Map<String, Object>> leases) {
    return object(
        "deployment",
            object(
                "id",
                    object(
                        "owner", view.deployment().id().owner(),
                        "dseq", Long.toString(view.deployment().id().dseq())),
                "state", name(view.deployment().state()),
                "hash", view.deployment().hash().base64(),
                "created_at", Long.toString(view.deployment().createdAt())),
        "leases", leases,
        "escrow_account", escrow(view.deployment().escrow()));
  }

  /** With how old the status is, and why it is not newer, or missing. */
  private static Map<String, Object> leaseWithStatus(LeaseView view, Instant now) {
    Map<String, Object> json = lease(view.lease());
    Optional<KnownStatus.Reported> reported = view.status().flatMap(KnownStatus::reported);
    json.put("status", reported.map(report -> status(report.status())).orElse(null));
    reported.ifPresent(
        report -> {
          json.put("statusAt", TIME.format(report.at()));
          json.put("statusAge", Math.max(0, Duration.between(report.at(), now).toSeconds()));
        });
    Optional<String> unanswered =
        view.lease().isActive() && view.status().isEmpty()
            ? Optional.of("the provider has not answered yet")
            : Optional.empty();
    view.status()
        .flatMap(KnownStatus::problem)
        .or(() -> unanswered)
        .ifPresent(problem -> json.put("statusError", problem));
    return json;
  }

  private static Map<String, Object> lease(Lease lease) {
    return object(
        "id", bidId(lease.id()),
        "state", name(lease.state()),
        "price", coin(lease.price()),
        "created_at", Long.toString(lease.createdAt()),
        "closed_on", Long.toString(lease.closedOn()),
        "reason", lease.reason());
  }

  private static Map<String, Object> status(LeaseStatus status) {
    return object(
        "forwarded_ports",
            mapValues(
                status.forwardedPorts(),
                port ->
                    object(
                        "port", port.port(),
                        "externalPort", port.externalPort(),
                        "host", port.host(),
                        "proto", port.proto(),
                        "name", port.name())),
        "ips",
            mapValues(
                status.ips(),
                ip ->
                    object(
                        "IP", ip.ip(),
                        "Port", ip.port(),
                        "ExternalPort", ip.externalPort(),
                        "Protocol", ip.protocol())),
        "services", services(status));
  }

  private static Map<String, Object> services(LeaseStatus status) {
    Map<String, Object> services = new LinkedHashMap<>();
    status.services().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry -> {
              LeaseStatus.ServiceStatus service = entry.getValue();
              services.put(
                  entry.getKey(),
                  object(
                      "name", service.name(),
                      "available", service.available(),
                      "total", service.total(),
                      "uris", service.uris(),
                      "observed_generation", service.observedGeneration(),
                      "replicas", service.replicas(),
                      "updated_replicas", service.updatedReplicas(),
                      "ready_replicas", service.readyReplicas(),
                      "available_replicas", service.availableReplicas()));
            });
    return services;
  }

  /** A bid with its escrow account. */
  public static Map<String, Object> bid(Bid bid) {
    Map<String, Object> json =
        object(
            "id", bidId(bid.id()),
            "state", name(bid.state()),
            "price", coin(bid.price()),
            "created_at", Long.toString(bid.createdAt()),
            "resources_offer", bid.resourcesOffer().stream().map(ConsoleJson::offer).toList());
    bid.reclamationWindow()
        .ifPresent(window -> json.put("reclamation_window", window.toSeconds() + "s"));
    return object("bid", json, "escrow_account", escrow(bid.escrow()));
  }

  /** A group as the chain's REST API writes it. */
  public static Map<String, Object> group(GroupSpec group) {
    return object(
        "name", group.name(),
        "requirements",
            object(
                "signed_by",
                    object(
                        "all_of", group.requirements().signedBy().allOf(),
                        "any_of", group.requirements().signedBy().anyOf()),
                "attributes", attributes(group.requirements().attributes())),
        "resources",
            group.resources().stream()
                .map(
                    unit ->
                        object(
                            "resource", resources(unit.resources()),
                            "count", unit.count(),
                            "price",
                                coin(new DecCoin(unit.price().denom(), unit.price().amount()))))
                .toList());
  }

  /** What a group asks for in all. */
  public static Map<String, Object> summary(GroupSummary summary) {
    return object(
        "name", summary.name(),
        "replicas", summary.replicas(),
        "cpuMillis", summary.milliCpu().toString(),
        "memoryBytes", summary.memoryBytes().toString(),
        "storageBytes", strings(summary.storageBytes()),
        "gpus", summary.gpus().toString(),
        "endpoints", strings(summary.endpoints()));
  }

  private static Map<String, Object> strings(Map<?, ?> map) {
    Map<String, Object> json = new LinkedHashMap<>();
    map.forEach((key, value) -> json.put(key.toString(), value.toString()));
    return json;
  }

  /** A mistake in an SDL: where, which rule, and what may have been meant. */
  public static Map<String, Object> sdlProblem(Problem problem) {
    Map<String, Object> json =
        object(
            "message", problem.message(),
            "rule", problem.rule(),
            "pointer", problem.pointer(),
            "line", problem.line(),
            "column", problem.column());
    problem.suggestion().ifPresent(text -> json.put("suggestion", text));
    return json;
  }

  private static Map<String, Object> offer(ResourceOffer offer) {
    return object("resources", resources(offer.resources()), "count", offer.count());
  }

  private static Map<String, Object> resources(Resources resources) {
    return object(
        "id", resources.id(),
        "cpu",
            object(
                "units", value(resources.cpu().milliUnits()),
                "attributes", attributes(resources.cpu().attributes())),
        "gpu",
            object(
                "units", value(resources.gpu().units()),
                "attributes", attributes(resources.gpu().attributes())),
        "memory",
            object(
                "quantity", value(resources.memory().bytes()),
                "attributes", attributes(resources.memory().attributes())),
        "storage",
            resources.storage().stream()
                .map(
                    volume ->
                        object(
                            "name", volume.name(),
                            "quantity", value(volume.bytes()),
                            "attributes", attributes(volume.attributes())))
                .toList(),
        "endpoints",
            resources.endpoints().stream()
                .map(
                    endpoint ->
                        object(
                            "kind", endpoint.kind().name(),
                            "sequence_number", endpoint.sequenceNumber()))
                .toList());
  }

  private static Map<String, Object> value(BigInteger amount) {
    return object("val", amount.toString());
  }

  private static List<Map<String, Object>> attributes(List<Attribute> attributes) {
    return attributes.stream()
        .map(attribute -> object("key", attribute.key(), "value", attribute.value()))
        .toList();
  }

  private static Map<String, Object> bidId(BidId id) {
    return object(
        "owner", id.order().owner(),
        "dseq", Long.toString(id.order().dseq()),
        "gseq", id.order().gseq(),
        "oseq", id.order().oseq(),
        "provider", id.provider(),
        "bseq", id.bseq());
  }

  private static Map<String, Object> escrow(EscrowAccount account) {
    return object(
        "id", object("scope", account.scope(), "xid", account.xid()),
        "state",
            object(
                "owner", account.owner(),
                "state", name(account.state()),
                "transferred", account.transferred().stream().map(ConsoleJson::coin).toList(),
                "settled_at", Long.toString(account.settledAt()),
                "funds", account.funds().stream().map(ConsoleJson::coin).toList(),
                "deposits",
                    account.deposits().stream()
                        .map(
                            deposit ->
                                object(
                                    "owner", deposit.owner(),
                                    "height", Long.toString(deposit.height()),
                                    "source", deposit.source(),
                                    "balance", coin(deposit.balance())))
                        .toList()));
  }

  private static Map<String, Object> coin(DecCoin coin) {
    return object(
        "denom", coin.denom(),
        "amount",
            coin.amount().setScale(AMOUNT_DECIMALS, RoundingMode.UNNECESSARY).toPlainString());
  }

  /** How a transaction ended, as Console's {@code signTx}. */
  public static Map<String, Object> transaction(TransactionResult result) {
    return object(
        "code", 0,
        "hash", result.hash(),
        "transactionHash", result.hash(),
        "rawLog", result.rawLog());
  }

  /** An API key without anything secret. */
  public static Map<String, Object> apiKey(ApiKey key) {
    Access access = key.terms().access();
    return object(
        "id", key.id(),
        "name", key.terms().name(),
        "expiresAt", time(key.terms().expiresAt()),
        "createdAt", time(key.createdAt()),
        "updatedAt", time(key.updatedAt()),
        "lastUsedAt", time(key.lastUsedAt()),
        "keyFormat", key.keyFormat(),
        "scopes", access instanceof Access.Full ? null : access.texts());
  }

  /** A key that was just made, with its secret: for the one answer that shows it. */
  public static Map<String, Object> issuedApiKey(KeyIssuer.Issued issued) {
    Map<String, Object> json = apiKey(issued.key());
    json.put("apiKey", ShownOnce.of(issued.text().reveal()));
    return json;
  }

  /** A user, as they see themselves. */
  public static Map<String, Object> user(User user) {
    return object(
        "id", user.id(),
        "userId", user.id(),
        "username", user.username(),
        "email", user.email(),
        "emailVerified", user.emailVerified(),
        "subscribedToNewsletter", false); // There is none.
  }

  /** A client certificate; its serial number is its id. */
  public static Map<String, Object> certificate(Certificate certificate) {
    return object(
        "id", certificate.serial(),
        "state", name(certificate.state()),
        "certPem", text(certificate.certificate()),
        "pubkeyPem", text(certificate.publicKey()));
  }

  private static String text(Bytes pem) {
    return new String(pem.toArray(), StandardCharsets.UTF_8);
  }

  /**
   * One page of a list, with {@code pagination} beside it.
   *
   * @param name the list's member
   * @param skip how many to pass over
   * @param limit how many to show at most; empty for all
   */
  public static <T> Map<String, Object> page(
      String name,
      List<T> all,
      int skip,
      Optional<Integer> limit,
      Function<T, Map<String, Object>> toJson) {
    int size = limit.orElse(all.size());
    return object(
        name,
        all.stream().skip(skip).limit(size).map(toJson).toList(),
        "pagination",
        object(
            "total",
            all.size(),
            "skip",
            skip,
            "limit",
            size,
            "hasMore",
            all.size() > (long) skip + size));
  }

  /** A wallet. There are no trials, and whoever grants credit says how much. */
  public static Map<String, Object> wallet(AccountReader.CreditedWallet credited) {
    Wallet wallet = credited.wallet();
    return object(
        "id", wallet.walletId(),
        "userId", wallet.userId(),
        "creditAmount", credited.credit().amount(),
        "address", wallet.address(),
        "denom", credited.credit().denom(),
        "isTrialing", false,
        "topUpMinAmountUsd", 0,
        "createdAt", TIME.format(wallet.createdAt()));
  }

  /** A user's money: whole uact as Console has it, and exactly in US dollars. */
  public static Map<String, Object> balance(AccountReader.Balance balance) {
    return object(
        "balance", wholeUact(balance.available()),
        "deployments", wholeUact(balance.escrowed()),
        "total", wholeUact(balance.total()),
        "denom", Coin.UACT,
        "usd",
            object(
                "balance", exactUsd(balance.available()),
                "deployments", exactUsd(balance.escrowed()),
                "total", exactUsd(balance.total())));
  }

  /** US dollars of an amount of uact, to the cent. */
  public static BigDecimal usd(BigDecimal uact) {
    return uact.movePointLeft(UACT_DECIMALS).setScale(2, RoundingMode.HALF_UP);
  }

  private static String exactUsd(BigDecimal uact) {
    return uact.movePointLeft(UACT_DECIMALS).stripTrailingZeros().toPlainString();
  }

  /** An amount of uact as Console has it, rounded down. */
  public static BigInteger wholeUact(BigDecimal uact) {
    return uact.setScale(0, RoundingMode.FLOOR).toBigIntegerExact();
  }

  /** A time, or null. */
  public static String time(Optional<Instant> at) {
    return at.map(TIME::format).orElse(null);
  }

  static String time(Instant at) {
    return TIME.format(at);
  }

  static String name(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static <T> Map<String, Object> mapValues(
      Map<String, List<T>> map, Function<T, Map<String, Object>> toJson) {
    Map<String, Object> json = new LinkedHashMap<>();
    map.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> json.put(entry.getKey(), entry.getValue().stream().map(toJson).toList()));
    return json;
  }

  /** A JSON object of the given names and values, in this order; values may be null. */
  static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> json = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      json.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return json;
  }
}
