package io.berth.functions.deployments;

import io.berth.chain.DecodedMessage;
import io.berth.chain.Messages;
import io.berth.domain.akash.ChainMessage;
import io.berth.domain.ledger.OwnMessages;
import io.berth.domain.problem.Problem;
import io.berth.domain.problem.Refusal;
import io.berth.domain.request.RequestId;
import io.berth.domain.request.SafeRetries;
import io.berth.http.ApiRequest;
import io.berth.http.ApiResponse;
import io.berth.http.AuditTrail;
import io.berth.http.ConsoleJson;
import io.berth.http.Fields;
import io.berth.http.SpendingHandler;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /v1/tx}: {@code {data: {userId, messages: [{typeUrl, value}]}}}, each value a
 * message's protobuf bytes in base64. For clients that put messages together themselves.
 */
public final class SubmitTransaction extends SpendingHandler {
  private static final int MOST_MESSAGES = 50;

  /** What Console's managed wallets send. */
  private static final List<String> TYPES =
      List.of(
          "/akash.deployment.v1beta4.MsgCreateDeployment",
          "/akash.deployment.v1beta4.MsgUpdateDeployment",
          "/akash.deployment.v1beta4.MsgCloseDeployment",
          "/akash.market.v1beta5.MsgCreateLease",
          "/akash.escrow.v1.MsgAccountDeposit",
          "/akash.cert.v1.MsgCreateCertificate");

  private final OwnMessages transactions;

  /** Wired from the function's environment. */
  public SubmitTransaction() {
    this(Wiring.ownMessages(), Wiring.retries(), Wiring.trail(), InstantSource.system());
  }

  SubmitTransaction(
      OwnMessages transactions, SafeRetries retries, AuditTrail trail, InstantSource clock) {
    super(retries, trail, clock);
    this.transactions = transactions;
  }

  @Override
  protected ApiResponse handle(ApiRequest request, RequestId id) {
    String userId = request.principal().userId();
    Fields body = Fields.of(request.body());
    Fields data = body.object("data");
    String whose = data.string("userId");
    List<ChainMessage> messages = messages(data);
    body.verify();
    if (!whose.equals(userId)) {
      throw new Refusal(new Problem.NotFound("UserWallet Not Found"));
    }
    return ApiResponse.ok(ConsoleJson.transaction(transactions.submit(id, userId, messages)));
  }

  private static List<ChainMessage> messages(Fields data) {
    List<Fields> items = data.list("messages");
    if (items.size() > MOST_MESSAGES) {
      data.reject("messages", "Array must contain at most " + MOST_MESSAGES + " element(s)");
      return List.of();
    }
    List<ChainMessage> messages = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Fields item = items.get(i);
      String type = item.oneOf("typeUrl", TYPES);
      String value = item.string("value");
      Optional<ChainMessage> message =
          TYPES.contains(type) ? decode(type, value) : Optional.empty();
      if (message.isEmpty()) {
        item.reject("value", "Message " + i + " is no " + type + " that Berth sends");
      }
      message.ifPresent(messages::add);
    }
    return messages;
  }

  private static Optional<ChainMessage> decode(String type, String value) {
    try {
      return switch (Messages.decode(type, Base64.getDecoder().decode(value))) {
        case DecodedMessage.Known(ChainMessage message) -> Optional.of(message);
        case DecodedMessage.Refused refused -> Optional.empty();
      };
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
