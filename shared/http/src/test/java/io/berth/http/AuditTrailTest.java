package io.berth.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.berth.domain.audit.AuditEntry;
import io.berth.domain.audit.AuditEntry.Outcome;
import io.berth.domain.audit.AuditLog;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AuditTrailTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final AuditEntry BEGUN =
      new AuditEntry(
          "ann",
          "req-1",
          NOW,
          Optional.of("key-1"),
          "DELETE /v1/deployments/{dseq}",
          "/v1/deployments/7",
          "192.0.2.1",
          Optional.empty());

  private final List<AuditEntry> written = new ArrayList<>();
  private boolean begins = true;
  private boolean ends = true;

  private APIGatewayProxyResponseEvent delete(Supplier<ApiResponse> work) {
    return delete(Map.of("userId", "ann", "keyId", "key-1", "scopes", "*"), work);
  }

  private APIGatewayProxyResponseEvent delete(
      Map<String, Object> authorizer, Supplier<ApiResponse> work) {
    ApiHandler handler =
        new ApiHandler(new AuditTrail(new MemoryLog(), () -> NOW)) {
          @Override
          protected ApiResponse handle(ApiRequest request) {
            return work.get();
          }
        };
    APIGatewayProxyRequestEvent.ProxyRequestContext context =
        new APIGatewayProxyRequestEvent.ProxyRequestContext()
            .withRequestId("req-1")
            .withIdentity(
                new APIGatewayProxyRequestEvent.RequestIdentity().withSourceIp("192.0.2.1"));
    context.setAuthorizer(authorizer);
    return handler.handleRequest(
        new APIGatewayProxyRequestEvent()
            .withHttpMethod("DELETE")
            .withResource("/v1/deployments/{dseq}")
            .withPath("/v1/deployments/7")
            .withRequestContext(context),
        null);
  }

  @Test
  void isWrittenBeforeTheWorkAndAfterIt() {
    delete(
        () -> {
          assertThat(written).containsExactly(BEGUN);
          return ApiResponse.noContent();
        });

    assertThat(written).containsExactly(BEGUN, BEGUN.ended(new Outcome(204, Optional.empty())));
  }

  @Test
  void tellsWhatWasMade() {
    delete(() -> ApiResponse.created(Map.of("dseq", "17", "manifest", "[]")));

    assertThat(written.getLast().outcome()).contains(new Outcome(201, Optional.of("17")));
  }

  @Test
  void tellsWhatWasRefusedAndWhatFailed() {
    delete(
        () -> {
          throw new Refusal(new Problem.NotFound("Deployment not found"));
        });
    assertThat(written.getLast().outcome()).contains(new Outcome(404, Optional.empty()));

    delete(
        () -> {
          throw new IllegalStateException("broken");
        });
    assertThat(written.getLast().outcome()).contains(new Outcome(500, Optional.empty()));
  }

  @Test
  void leavesNothingChangedThatCouldNotBeWrittenDown() {
    begins = false;

    APIGatewayProxyResponseEvent response =
        delete(
            () -> {
              throw new AssertionError("worked on");
            });

    assertThat(response.getStatusCode()).isEqualTo(500);
  }

  @Test
  void givesTheAnswerThoughTheOutcomeCouldNotBeWrittenDown() {
    ends = false;

    assertThat(delete(ApiResponse::noContent).getStatusCode()).isEqualTo(204);
    assertThat(written).containsExactly(BEGUN);
  }

  @Test
  void doesNotTellOfWhoWasNotLetIn() {
    assertThat(delete(Map.of(), ApiResponse::noContent).getStatusCode()).isEqualTo(401);
    assertThat(
            delete(
                    Map.of("userId", "ann", "keyId", "k", "scopes", "logs:read"),
                    ApiResponse::noContent)
                .getStatusCode())
        .isEqualTo(403);
    assertThat(written).isEmpty();
  }

  private final class MemoryLog implements AuditLog {
    @Override
    public void begin(AuditEntry entry) {
      if (!begins) {
        throw new IllegalStateException("the table is gone");
      }
      written.add(entry);
    }

    @Override
    public void end(AuditEntry entry) {
      if (!ends) {
        throw new IllegalStateException("the table is gone");
      }
      written.add(entry);
    }

    @Override
    public List<AuditEntry> list(String userId, Optional<Position> after, int limit) {
      throw new AssertionError("not asked for");
    }
  }
}
