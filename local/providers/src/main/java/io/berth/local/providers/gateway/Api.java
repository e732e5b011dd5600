package io.berth.local.providers.gateway;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.DeploymentId;
import io.berth.domain.akash.OrderId;
import io.berth.local.providers.Persona;
import io.berth.local.providers.cluster.Names;
import io.berth.local.providers.cluster.StatusReport;
import io.berth.local.providers.cluster.Workload;
import io.berth.local.providers.cluster.Workload.Stage;
import io.berth.local.providers.cluster.Workloads;
import io.berth.local.providers.manifest.Manifest;
import io.berth.local.providers.manifest.ManifestDesk;
import io.berth.local.providers.manifest.ManifestJson;
import io.berth.local.providers.manifest.ManifestRefusedException;
import io.berth.local.providers.token.Access;
import io.berth.local.providers.token.Caller;
import io.berth.local.providers.token.Scope;
import io.berth.local.providers.token.TokenRefusedException;
import io.berth.local.providers.token.TokenVerifier;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The gateway's answers, apart from how they travel (provider-gateway.md §1). */
public final class Api {
  private static final Pattern MANIFEST = Pattern.compile("/deployment/([^/]+)/manifest");
  private static final Pattern LEASE =
      Pattern.compile("/lease/([^/]+)/([^/]+)/([^/]+)/(manifest|status|logs|kubeevents)");
  private static final Pattern SERVICE =
      Pattern.compile("/lease/([^/]+)/([^/]+)/([^/]+)/service/([^/]+)/status");
  private static final List<String> STREAMS = List.of("logs", "kubeevents");
  private static final List<String> OPEN = List.of("/version", "/address", "/status");

  private static final Map<String, Object> VERSION =
      Map.of(
          "akash",
          Map.of(
              "name", "akash",
              "server_name", "akash",
              "version", "v0.16.0-simulated",
              "commit", "",
              "build_tags", "",
              "go", "",
              "cosmos_sdk_version", "v0.53.7-akash.1"),
          "kube",
          Map.of(
              "major", "1",
              "minor", "33",
              "gitVersion", "v1.33.0",
              "gitCommit", "",
              "gitTreeState", "clean",
              "buildDate", "",
              "goVersion", "",
              "compiler", "gc",
              "platform", "linux/amd64"));

  private final Identity identity;
  private final TokenVerifier tokens;
  private final ManifestDesk manifests;
  private final Workloads workloads;
  private final Supplier<Map<String, Object>> status;
  private final Supplier<Persona> persona;
  private final Set<DeploymentId> failedFirst = ConcurrentHashMap.newKeySet();

  /**
   * Who answers.
   *
   * @param address the provider's account
   * @param publicHost the host name of forwarded ports
   * @param ingressDomain the parent of the services' host names
   */
  public record Identity(String address, String publicHost, String ingressDomain) {}

  /**
   * The answers of a provider.
   *
   * @param status the body of {@code GET /status}
   * @param persona asked for every answer
   */
  public Api(
      Identity identity,
      TokenVerifier tokens,
      ManifestDesk manifests,
      Workloads workloads,
      Supplier<Map<String, Object>> status,
      Supplier<Persona> persona) {
    this.identity = identity;
    this.tokens = tokens;
    this.manifests = manifests;
    this.workloads = workloads;
    this.status = status;
    this.persona = persona;
  }

  /** Answers anything but a WebSocket; empty if the connection shall break instead. */
  Optional<Reply> answer(Request request) {
    if (is(Persona.BROKEN_INGRESS)) {
      return Optional.of(Reply.badGateway());
    }
    Reply reply = reply(request);
    return is(Persona.DROPS_ANSWERS) ? Optional.empty() : Optional.of(reply);
  }

  private boolean is(Persona which) {
    return persona.get() == which;
  }

  private Reply reply(Request request) {
    try {
      return route(request);
    } catch (TokenRefusedException e) {
      return Reply.message(e.status(), e.getMessage());
    }
  }

  /** Whether a request is for one of the paths that are WebSockets. */
  static boolean isStream(Request request) {
    Matcher path = LEASE.matcher(request.path());
    return request.method().equals("GET") && path.matches() && STREAMS.contains(path.group(4));
  }

  /** Answers a request to open a WebSocket. */
  StreamAnswer stream(Request request) {
    Matcher path = LEASE.matcher(request.path());
    if (is(Persona.BROKEN_INGRESS)) {
      return new StreamAnswer.Refused(Reply.badGateway());
    }
    if (!path.matches()) {
      return new StreamAnswer.Refused(Reply.text(404, "404 page not found"));
    }
    try {
      Caller caller = providerCaller(request);
      Optional<BidId> lease = leaseId(caller, path);
      if (lease.isEmpty()) {
        return new StreamAnswer.Refused(notANumber(path.group(1)));
      }
      Feed.Options options = StreamOptions.parse(request.query());
      boolean logs = path.group(4).equals("logs");
      require(caller, lease.get(), logs ? Scope.LOGS : Scope.EVENTS);
      return new StreamAnswer.Open(feed(logs, lease.get(), options));
    } catch (TokenRefusedException e) {
      return new StreamAnswer.Refused(Reply.message(e.status(), e.getMessage()));
    } catch (IllegalArgumentException e) {
      return new StreamAnswer.Refused(Reply.text(400, e.getMessage()));
    }
  }

  private Feed feed(boolean logs, BidId lease, Feed.Options options) {
    if (is(Persona.CLUSTER_DOWN)) {
      return new Feed.Ending(Feed.NO_CLUSTER);
    }
    return logs
        ? new Feed.Logs(workloads, lease, options, persona)
        : new Feed.Events(workloads, lease, Names.namespace(lease), options, persona);
  }

  /** Whether a WebSocket may open, and what it tells. */
  sealed interface StreamAnswer {
    record Refused(Reply reply) implements StreamAnswer {}

    record Open(Feed feed) implements StreamAnswer {}
  }

  private Reply route(Request request) throws TokenRefusedException {
    Matcher manifest = MANIFEST.matcher(request.path());
    Matcher lease = LEASE.matcher(request.path());
    Matcher service = SERVICE.matcher(request.path());
    if (OPEN.contains(request.path())) {
      return request.method().equals("GET") ? open(request) : Reply.empty(405);
    }
    if (manifest.matches()) {
      return request.method().equals("PUT")
          ? putManifest(request, manifest.group(1))
          : Reply.empty(405);
    }
    if (service.matches()) {
      return request.method().equals("GET") ? serviceStatus(request, service) : Reply.empty(405);
    }
    if (lease.matches()) {
      return request.method().equals("GET") ? lease(request, lease) : Reply.empty(405);
    }
    return Reply.text(404, "404 page not found");
  }

  private Reply open(Request request) throws TokenRefusedException {
    caller(request); // a bad token is refused even where none is needed
    return switch (request.path()) {
      case "/version" -> Reply.json(VERSION);
      case "/address" -> Reply.json(Map.of("address", identity.address()));
      default -> Reply.json(status.get());
    };
  }

  private Reply putManifest(Request request, String dseqText) throws TokenRefusedException {
    Caller caller = providerCaller(request);
    Optional<Long> dseq = number(dseqText);
    if (dseq.isEmpty()) {
      return notANumber(dseqText);
    }
    if (!caller.access().allowsDeployment(identity.address(), dseq.get(), Scope.SEND_MANIFEST)) {
      throw TokenRefusedException.unauthorized();
    }
    DeploymentId id = new DeploymentId(caller.owner(), dseq.get());
    if (is(Persona.FAILS_FIRST) && failedFirst.add(id)) {
      return Reply.text(500, "context deadline exceeded");
    }
    try {
      manifests.submit(id, request.body().toArray());
      return Reply.empty(200);
    } catch (ManifestRefusedException e) {
      int code = is(Persona.OLD_VERSION) ? e.fault().statusOfOldVersions() : e.fault().status();
      return Reply.text(code, e.getMessage());
    }
  }

  private Reply lease(Request request, Matcher path) throws TokenRefusedException {
    Caller caller = providerCaller(request);
    Optional<BidId> id = leaseId(caller, path);
    if (id.isEmpty()) {
      return notANumber(path.group(1) + "/" + path.group(2) + "/" + path.group(3));
    }
    BidId lease = id.get();
    return switch (path.group(4)) {
      case "manifest" -> {
        require(caller, lease, Scope.GET_MANIFEST);
        yield manifest(lease);
      }
      case "status" -> {
        require(caller, lease, Scope.STATUS);
        yield leaseStatus(lease);
      }
      default -> Reply.text(400, "Bad Request"); // a stream without an upgrade
    };
  }

  private Reply manifest(BidId lease) {
    return workloads
        .find(lease)
        .map(workload -> ManifestJson.encode(new Manifest(List.of(workload.group()))))
        .map(Reply::rawJson)
        .orElseGet(() -> Reply.text(404, "lease not found"));
  }

  private Reply leaseStatus(BidId lease) {
    if (is(Persona.CLUSTER_DOWN)) {
      return Reply.text(503, "kube: connection refused");
    }
    Optional<Workload> workload = workloads.find(lease);
    if (workload.isEmpty()) {
      return Reply.empty(404);
    }
    return switch (workloads.stage(workload.get())) {
      case QUEUED -> Reply.empty(404);
      case CREATED -> Reply.text(404, "kube: no deployments for lease");
      case STARTING, CRASHING, READY -> Reply.json(report(workload.get()).lease());
    };
  }

  /** Providers check no scope here: any token for the lease will do. */
  private Reply serviceStatus(Request request, Matcher path) throws TokenRefusedException {
    Caller caller = providerCaller(request);
    Optional<BidId> id = leaseId(caller, path);
    if (id.isEmpty()) {
      return notANumber(path.group(1));
    }
    Optional<Workload> workload = workloads.find(id.get());
    if (workload.isEmpty() || workloads.stage(workload.get()) == Stage.QUEUED) {
      return Reply.text(404, "kube: lease not found");
    }
    if (workloads.stage(workload.get()) == Stage.CREATED) {
      return Reply.text(404, "kube: no deployments for lease");
    }
    return report(workload.get())
        .service(path.group(4))
        .map(Reply::json)
        .orElseGet(() -> Reply.text(404, "kube: no service for that lease"));
  }

  private StatusReport report(Workload workload) {
    return new StatusReport(
        workload, workloads.stage(workload), identity.publicHost(), identity.ingressDomain());
  }

  private Optional<BidId> leaseId(Caller caller, Matcher path) {
    Optional<Long> dseq = number(path.group(1));
    Optional<Long> gseq = number(path.group(2)).filter(Api::fitsInt);
    Optional<Long> oseq = number(path.group(3)).filter(Api::fitsInt);
    if (dseq.isEmpty() || gseq.isEmpty() || oseq.isEmpty()) {
      return Optional.empty();
    }
    OrderId order =
        new OrderId(caller.owner(), dseq.get(), gseq.get().intValue(), oseq.get().intValue());
    return Optional.of(new BidId(order, identity.address(), 0));
  }

  private void require(Caller caller, BidId lease, Scope scope) throws TokenRefusedException {
    OrderId order = lease.order();
    if (!caller
        .access()
        .allowsLease(identity.address(), order.dseq(), order.gseq(), order.oseq(), scope)) {
      throw TokenRefusedException.unauthorized();
    }
  }

  /** A caller who may turn to this provider. */
  private Caller providerCaller(Request request) throws TokenRefusedException {
    return caller(request)
        .filter(caller -> caller.access().allowsProvider(identity.address()))
        .orElseThrow(TokenRefusedException::unauthorized);
  }

  /** Who calls, if anybody says so. */
  private Optional<Caller> caller(Request request) throws TokenRefusedException {
    Optional<String> token = token(request.authorization());
    if (token.isPresent() && request.certificate().isPresent()) {
      throw TokenRefusedException.ambiguous();
    }
    if (token.isPresent()) {
      return Optional.of(tokens.verify(token.get()));
    }
    return request
        .certificate()
        .map(ClientTrust::owner)
        .map(owner -> new Caller(owner, new Access.Full()));
  }

  private static Optional<String> token(List<String> headers) throws TokenRefusedException {
    if (headers.isEmpty() || headers.getFirst().isEmpty()) {
      return Optional.empty();
    }
    List<String> words = List.of(headers.getFirst().strip().split("\\s+", -1));
    if (words.size() != 2 || !words.getFirst().toLowerCase(Locale.ROOT).equals("bearer")) {
      throw TokenRefusedException.badHeader();
    }
    return Optional.of(words.getLast());
  }

  private static boolean fitsInt(long value) {
    return value >= 0 && value <= Integer.MAX_VALUE;
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseUnsignedLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Reply notANumber(String text) {
    return Reply.text(400, "strconv.ParseUint: parsing \"%s\": invalid syntax".formatted(text));
  }
}
