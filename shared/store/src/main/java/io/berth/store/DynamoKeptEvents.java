package io.berth.store;

import static io.berth.store.Tables.DEPLOYMENT;
import static io.berth.store.Tables.REPORT;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.domain.akash.BidId;
import io.berth.domain.akash.OrderId;
import io.berth.domain.deployment.KeptEvent;
import io.berth.domain.deployment.KeptEvents;
import io.berth.domain.provider.ClusterEvent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Events in the reports table, a row each. The key is made of what makes two events one, so that
 * the first of them stays whoever comes second.
 */
public final class DynamoKeptEvents implements KeptEvents {
  private static final String PREFIX = "event/";

  private final Table table;

  public DynamoKeptEvents(DynamoDbClient client, String tableName) {
    this.table = new Table(client, tableName);
  }

  @Override
  public List<KeptEvent> of(String userId, long dseq) {
    return table
        .all(
            "deployment = :deployment AND begins_with(report, :kind)",
            Map.of(
                ":deployment", Values.text(Reports.deployment(userId, dseq)),
                ":kind", Values.text(PREFIX)))
        .map(DynamoKeptEvents::event)
        .toList();
  }

  @Override
  public void keep(String userId, long dseq, List<KeptEvent> events) {
    events.forEach(
        event -> {
          boolean _ = table.create(item(userId, dseq, event), REPORT);
        });
  }

  private static Item item(String userId, long dseq, KeptEvent kept) {
    ClusterEvent event = kept.event();
    return Item.empty()
        .text(DEPLOYMENT, Reports.deployment(userId, dseq))
        .text(REPORT, PREFIX + Reports.lease(kept.lease()) + "/" + digest(event.identity()))
        .text(Reports.OWNER, kept.lease().order().owner())
        .number("dseq", dseq)
        .number("gseq", kept.lease().order().gseq())
        .number("oseq", kept.lease().order().oseq())
        .number(Reports.BSEQ, kept.lease().bseq())
        .text("provider", kept.lease().provider())
        .text("type", event.type())
        .text("reason", event.reason())
        .text("note", event.note())
        .text("kind", event.kind())
        .text("object", event.object())
        .time("receivedAt", event.receivedAt());
  }

  private static KeptEvent event(Item item) {
    return new KeptEvent(
        new BidId(
            new OrderId(
                item.text(Reports.OWNER),
                item.number("dseq"),
                Math.toIntExact(item.number("gseq")),
                Math.toIntExact(item.number("oseq"))),
            item.text("provider"),
            Math.toIntExact(item.number(Reports.BSEQ))),
        new ClusterEvent(
            item.text("type"),
            item.text("reason"),
            item.text("note"),
            item.text("kind"),
            item.text("object"),
            item.time("receivedAt")));
  }

  /** Each part after its length, so that no two identities are written alike. */
  private static String digest(ClusterEvent.Identity identity) {
    StringBuilder text = new StringBuilder();
    for (String part :
        List.of(identity.kind(), identity.object(), identity.reason(), identity.note())) {
      text.append(part.length()).append(':').append(part);
    }
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
