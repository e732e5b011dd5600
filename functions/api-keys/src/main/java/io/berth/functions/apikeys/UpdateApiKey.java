package io.berth.functions.apikeys;

import io.berth.domain.account.Access;
import io.berth.domain.account.KeyEditor;
import io.berth.domain.account.KeyTerms;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.AuditTrail;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import io.berth.http.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code PATCH /v1/users/api-keys/{id}}: {@code {data: {name?, expiresAt?, scopes?}}}. What is not
 * there stays; {@code expiresAt: null} is for ever, {@code scopes: null} full access.
 */
public final class UpdateApiKey extends ApiHandler {
  private final KeyEditor editor;
  private final InstantSource clock;

  /** Wired from the function's environment. */
  public UpdateApiKey() {
    this(Wiring.editor(), Wiring.trail(), InstantSource.system());
  }

  UpdateApiKey(KeyEditor editor, AuditTrail trail, InstantSource clock) {
    super(trail);
    this.editor = editor;
    this.clock = clock;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    Principal caller = request.principal();
    String id = KeyId.of(request);
    Fields body = Fields.of(request.body());
    UnaryOperator<KeyTerms> change = change(body.object("data"), clock.instant());
    body.verify();
    return ApiResponse.ok(
        ConsoleJson.apiKey(editor.change(caller.userId(), caller.access(), id, change)));
  }

  private static UnaryOperator<KeyTerms> change(Fields data, Instant now) {
    boolean hasName = data.has("name");
    boolean hasExpiry = data.has("expiresAt");
    boolean hasScopes = data.has("scopes");
    if (!hasName && !hasExpiry && !hasScopes) {
      data.reject("name", "Give name, expiresAt or scopes");
    }
    String name = hasName ? KeyFields.name(data) : "";
    Optional<Instant> expiresAt = KeyFields.expiresAt(data, now);
    Access access = KeyFields.access(data);
    return terms ->
        new KeyTerms(
            hasName ? name : terms.name(),
            hasScopes ? access : terms.access(),
            hasExpiry ? expiresAt : terms.expiresAt());
  }
}
