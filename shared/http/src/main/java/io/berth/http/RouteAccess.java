package io.berth.http;

import static io.berth.domain.account.Scope.ACCOUNT_READ;
import static io.berth.domain.account.Scope.AUDIT_READ;
import static io.berth.domain.account.Scope.CERTIFICATES_READ;
import static io.berth.domain.account.Scope.CERTIFICATES_WRITE;
import static io.berth.domain.account.Scope.DEPLOYMENTS_READ;
import static io.berth.domain.account.Scope.DEPLOYMENTS_WRITE;
import static io.berth.domain.account.Scope.FUNDS_WRITE;
import static io.berth.domain.account.Scope.KEYS_ADMIN;
import static io.berth.domain.account.Scope.LEASES_WRITE;
import static io.berth.domain.account.Scope.LOGS_READ;

import io.berth.domain.account.Scope;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may use which route: the one table, enforced by {@link ApiHandler} before anything else is
 * looked at. A route that is not in it is open to nobody. {@code docs/openapi.yaml} says the same
 * in each operation's {@code security}, and a test holds the two together.
 */
public final class RouteAccess {

  /** What a route asks of whoever calls. */
  public sealed interface Need {}

  /** Nothing: the route has no authorizer. */
  public record Nothing() implements Need {}

  /** A token of the identity provider, registered or not. */
  public record Person() implements Need {}

  /** A user, and all of these scopes if it is by a key that has scopes. */
  public record Scopes(Set<Scope> all) implements Need {}

  private static final Map<String, Need> NEEDS = table();

  private RouteAccess() {}

  private static Map<String, Need> table() {
    Map<String, Need> needs = new HashMap<>();
    needs.put("POST /v1/register-user", new Person());
    for (String path : List.of("/v1/doc", "/v1/swagger", "/v1/swagger/{file}")) {
      needs.put("GET " + path, new Nothing());
    }
    needs.put("POST /v1/sdl/validate", new Nothing());
    // What the chain shows to anybody.
    for (String path : List.of("/v1/providers", "/v1/providers/{address}")) {
      needs.put("GET " + path, new Nothing());
    }

    for (String path : List.of("/v1/users/api-keys", "/v1/api-keys")) {
      with(needs, Set.of(KEYS_ADMIN), "POST " + path, "GET " + path);
      with(needs, Set.of(KEYS_ADMIN), "GET " + path + "/{id}", "PATCH " + path + "/{id}");
      with(needs, Set.of(KEYS_ADMIN), "DELETE " + path + "/{id}", "POST " + path + "/{id}/roll");
    }

    with(
        needs,
        Set.of(DEPLOYMENTS_READ),
        "GET /v1/deployments",
        "GET /v1/deployments/{dseq}",
        "GET /v1/bids",
        "GET /v1/bids/{dseq}",
        "GET /v1/operations/{id}",
        "GET /v1/deployment-settings/{userId}/{dseq}",
        "GET /v2/deployment-settings/{dseq}");
    with(
        needs,
        Set.of(DEPLOYMENTS_WRITE),
        "POST /v1/deployments",
        "PUT /v1/deployments/{dseq}",
        "DELETE /v1/deployments/{dseq}",
        "POST /v1/deployments/deposit/{dseq}",
        "POST /v1/deposit-deployment",
        "POST /v1/deployment-settings",
        "PATCH /v1/deployment-settings/{userId}/{dseq}",
        "POST /v2/deployment-settings",
        "PATCH /v2/deployment-settings/{dseq}");
    with(needs, Set.of(LEASES_WRITE), "POST /v1/leases");
    with(
        needs,
        Set.of(LOGS_READ),
        "GET /v1/deployments/{dseq}/logs",
        "GET /v1/deployments/{dseq}/logs/stream",
        "GET /v1/deployments/{dseq}/events");
    // A provider token opens manifests, logs and shells of leases, past Berth.
    with(needs, Set.of(LEASES_WRITE, LOGS_READ), "POST /v1/create-jwt-token");
    // Messages of every kind that there is an endpoint for.
    with(needs, Set.of(DEPLOYMENTS_WRITE, LEASES_WRITE, CERTIFICATES_WRITE), "POST /v1/tx");

    with(needs, Set.of(CERTIFICATES_READ), "GET /v1/certificates");
    with(
        needs, Set.of(CERTIFICATES_WRITE), "POST /v1/certificates", "DELETE /v1/certificates/{id}");

    with(
        needs,
        Set.of(ACCOUNT_READ),
        "GET /v1/user/me",
        "GET /v1/wallets",
        "GET /v1/balances",
        "GET /v1/weekly-cost",
        "GET /v1/wallet-settings");
    with(
        needs,
        Set.of(FUNDS_WRITE),
        "POST /v1/wallet-settings",
        "PUT /v1/wallet-settings",
        "DELETE /v1/wallet-settings");
    with(needs, Set.of(AUDIT_READ), "GET /v1/audit");
    return Map.copyOf(needs);
  }

  private static void with(Map<String, Need> needs, Set<Scope> scopes, String... routes) {
    for (String route : routes) {
      needs.put(route, new Scopes(scopes));
    }
  }

  /** Every route that the table has, such as {@code GET /v1/deployments}. */
  public static Set<String> routes() {
    return Set.copyOf(NEEDS.keySet());
  }

  /**
   * What a route needs; empty if the table does not know it.
   *
   * @param route method and resource, such as {@code GET /v1/deployments/{dseq}}
   */
  public static Optional<Need> of(String route) {
    return Optional.ofNullable(NEEDS.get(route));
  }

  /**
   * Lets a request pass if it has what its route needs.
   *
   * @throws Refusal 401 if nobody known calls, 400 if two credentials were sent, 403 if the key
   *     lacks a scope
   * @throws IllegalStateException if the table does not know the route
   */
  static void require(ApiRequest request) {
    Need need =
        of(request.route())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "RouteAccess has no row for " + request.route() + ": open to nobody"));
    switch (need) {
      case Nothing nothing -> {}
      case Person person -> request.identity();
      case Scopes(Set<Scope> all) -> requireScopes(request.principal(), all);
    }
  }

  private static void requireScopes(Principal principal, Set<Scope> all) {
    if (!principal.access().allows(all)) {
      String names = String.join(", ", all.stream().map(Scope::text).sorted().toList());
      throw new Refusal(new Problem.Forbidden("This API key lacks a scope; it needs: " + names));
    }
  }
}
