package io.berth.functions.account;

import io.berth.domain.account.Registration;
import io.berth.http.ApiHandler;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.AuditTrail;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import java.util.Optional;

/**
 * {@code POST /v1/register-user}, with a token of the identity provider: {@code {wantedUsername?,
 * email?, emailVerified?, subscribedToNewsletter?}} to {@code {data: user, isNewUser}}. What the
 * token says of the address counts; the body's {@code emailVerified} does not.
 */
public final class RegisterUser extends ApiHandler {
  private static final int LONGEST_USERNAME = 256;
  private static final int LONGEST_EMAIL = 254;

  private final Registration registration;

  /** Wired from the function's environment. */
  public RegisterUser() {
    this(Wiring.registration(), Wiring.trail());
  }

  RegisterUser(Registration registration, AuditTrail trail) {
    super(trail);
    this.registration = registration;
  }

  @Override
  protected ApiResponse handle(ApiRequest request) {
    var identity = request.identity();
    Fields body = Fields.of(request.body());
    Optional<String> username = optional(body, "wantedUsername", LONGEST_USERNAME);
    Optional<String> email = optional(body, "email", LONGEST_EMAIL);
    for (String flag : new String[] {"emailVerified", "subscribedToNewsletter"}) {
      if (body.isPresent(flag)) {
        body.bool(flag);
      }
    }
    body.verify();
    Registration.Registered registered = registration.register(identity, username, email);
    return ApiResponse.ok(ConsoleJson.user(registered.user()))
        .with("isNewUser", registered.isNew());
  }

  private static Optional<String> optional(Fields body, String name, int longest) {
    return body.isPresent(name) ? Optional.of(body.string(name, 0, longest)) : Optional.empty();
  }
}
