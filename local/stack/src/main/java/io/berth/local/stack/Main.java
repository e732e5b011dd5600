package io.berth.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** {@code make run}: the whole system, until Ctrl-C. */
public final class Main {
  private static final String DEMO_USER = "demo";
  private static final long DEMO_CREDIT_UACT = 100_000_000;

  private Main() {}

  /** Takes no arguments; see {@link LocalOptions#of} for the environment. */
  public static void main(String[] arguments) throws InterruptedException {
    Path root = Path.of("").toAbsolutePath();
    LocalBerth berth = LocalBerth.start(LocalOptions.of(root, System.getenv()));
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(berth, root, stopped)));
    try {
      Session session = session(berth);
      session.write(root);
      System.out.println(welcome(session));
    } catch (RuntimeException | IOException e) {
      System.err.println("Berth could not make its demo user: " + e.getMessage());
      System.exit(1);
    }
    stopped.await();
  }

  private static Session session(LocalBerth berth) {
    berth.users().activate(DEMO_USER, DEMO_CREDIT_UACT);
    String apiKey = berth.users().apiKey(DEMO_USER, "make run", Optional.empty());
    return new Session(
        berth.url(),
        apiKey,
        berth.aws().dynamoDbEndpoint().toString(),
        ProcessHandle.current().pid());
  }

  private static void stop(LocalBerth berth, Path root, CountDownLatch stopped) {
    try {
      Files.deleteIfExists(Session.file(root));
    } catch (IOException e) {
      System.err.println("could not remove " + Session.file(root) + ": " + e.getMessage());
    }
    berth.close();
    stopped.countDown();
  }

  private static String welcome(Session session) {
    return """

        Berth answers at %1$s. The demo user has 100 USD.

        export BERTH_URL=%1$s
        export BERTH_KEY=%2$s

        # 1. create a deployment from an SDL, with a deposit of 5 USD
        jq -Rs '{data: {sdl: ., deposit: 5}}' docs/examples/web.yaml |
          curl -sS "$BERTH_URL/v1/deployments" -H "x-api-key: $BERTH_KEY" -H 'content-type: application/json' -d @- -o /tmp/created.json
        export DSEQ=$(jq -r .data.dseq /tmp/created.json)

        # 2. see the providers' bids (they come with the next blocks; repeat until you see two)
        curl -sS "$BERTH_URL/v1/bids/$DSEQ" -H "x-api-key: $BERTH_KEY" | jq '.data[].bid | {provider: .id.provider, price}'

        # 3. take the cheapest: the lease goes on the chain, the manifest to the provider
        curl -sS "$BERTH_URL/v1/bids/$DSEQ" -H "x-api-key: $BERTH_KEY" |
          jq '{leases: [.data | min_by(.bid.price.amount | tonumber) | .bid.id | {dseq, gseq, oseq, provider}]}' |
          curl -sS "$BERTH_URL/v1/leases" -H "x-api-key: $BERTH_KEY" -H 'content-type: application/json' -d @- | jq '.data.leases[].state'

        # 4. watch it run: URIs, ready replicas, what is left of the deposit (services come after some blocks)
        curl -sS "$BERTH_URL/v1/deployments/$DSEQ" -H "x-api-key: $BERTH_KEY" |
          jq '.data | {services: .leases[0].status.services, left: .escrow_account.state.funds}'
        curl -sS "$BERTH_URL/v1/deployments" -H "x-api-key: $BERTH_KEY" | jq '.data.pagination'

        # 5. close it and get the rest back
        curl -sS -X DELETE "$BERTH_URL/v1/deployments/$DSEQ" -H "x-api-key: $BERTH_KEY"

        Or let `make demo` do it all. Ctrl-C stops everything.
        """
        .formatted(session.url(), session.apiKey());
  }
}
