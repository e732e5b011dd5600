package io.berth.runtime;

import io.berth.domain.audit.AuditLog;
import io.berth.http.AuditTrail;
import io.berth.store.DynamoAuditLog;
import java.time.Duration;
import java.time.InstantSource;

/** Where requests that change something are written down. */
public final class AuditTrails {
  private AuditTrails() {}

  /** For handlers of requests that change something. */
  public static AuditTrail trail() {
    return new AuditTrail(log(), InstantSource.system());
  }

  /** For those who read what was written down. */
  public static AuditLog log() {
    return new DynamoAuditLog(
        AwsClients.dynamoDb(),
        Settings.require("BERTH_AUDIT_TABLE"),
        Duration.ofDays(Long.parseLong(Settings.require("BERTH_AUDIT_RETENTION_DAYS"))));
  }
}
