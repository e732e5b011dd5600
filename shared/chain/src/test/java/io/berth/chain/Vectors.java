package io.berth.chain;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.berth.proto.akash.bme.v1.MsgMintACT;
import io.berth.proto.akash.cert.v1.MsgCreateCertificate;
import io.berth.proto.akash.cert.v1.MsgRevokeCertificate;
import io.berth.proto.akash.deployment.v1beta4.MsgCloseDeployment;
import io.berth.proto.akash.deployment.v1beta4.MsgCreateDeployment;
import io.berth.proto.akash.deployment.v1beta4.MsgUpdateDeployment;
import io.berth.proto.akash.escrow.v1.DepositAuthorization;
import io.berth.proto.akash.escrow.v1.MsgAccountDeposit;
import io.berth.proto.akash.market.v1beta5.MsgCloseLease;
import io.berth.proto.akash.market.v1beta5.MsgCreateLease;
import io.berth.proto.cosmos.authz.v1beta1.MsgExec;
import io.berth.proto.cosmos.authz.v1beta1.MsgGrant;
import io.berth.proto.cosmos.authz.v1beta1.MsgRevoke;
import io.berth.proto.cosmos.bank.v1beta1.MsgSend;
import io.berth.proto.cosmos.feegrant.v1beta1.AllowedMsgAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.BasicAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.MsgGrantAllowance;
import io.berth.proto.cosmos.feegrant.v1beta1.MsgRevokeAllowance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The official SDKs' transactions (fixtures/README.md). */
final class Vectors {
  private static final JsonMapper JSON = new JsonMapper();

  private static final List<Message> TYPES =
      List.of(
          AllowedMsgAllowance.getDefaultInstance(),
          BasicAllowance.getDefaultInstance(),
          DepositAuthorization.getDefaultInstance(),
          MsgAccountDeposit.getDefaultInstance(),
          MsgCloseDeployment.getDefaultInstance(),
          MsgCloseLease.getDefaultInstance(),
          MsgCreateCertificate.getDefaultInstance(),
          MsgCreateDeployment.getDefaultInstance(),
          MsgCreateLease.getDefaultInstance(),
          MsgExec.getDefaultInstance(),
          MsgGrant.getDefaultInstance(),
          MsgGrantAllowance.getDefaultInstance(),
          MsgMintACT.getDefaultInstance(),
          MsgRevoke.getDefaultInstance(),
          MsgRevokeAllowance.getDefaultInstance(),
          MsgRevokeCertificate.getDefaultInstance(),
          MsgSend.getDefaultInstance(),
          MsgUpdateDeployment.getDefaultInstance());

  private static final TypeRegistry REGISTRY =
      TypeRegistry.newBuilder()
          .add(TYPES.stream().map(Message::getDescriptorForType).toList())
          .build();

  private Vectors() {}

  static JsonNode read(String name) {
    try (InputStream file = Vectors.class.getResourceAsStream("/fixtures/tx/" + name)) {
      return JSON.readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<JsonNode> transactions() {
    return read("vectors.json").get("vectors").valueStream();
  }

  static JsonNode transaction(String id) {
    return transactions().filter(vector -> text(vector, "id").equals(id)).findFirst().orElseThrow();
  }

  static String text(JsonNode node, String field) {
    return node.get(field).asString();
  }

  /** Builds a vector's message from its JSON by nothing but our proto files. */
  static Any message(JsonNode message) {
    try {
      Message.Builder builder =
          TYPES.stream()
              .filter(type -> typeUrl(type).equals(text(message, "type_url")))
              .findFirst()
              .orElseThrow()
              .newBuilderForType();
      String json = JSON.writeValueAsString(protobufJson(message.get("value")));
      JsonFormat.parser().usingTypeRegistry(REGISTRY).merge(json, builder);
      return Messages.pack(builder.build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String typeUrl(Message type) {
    return "/" + type.getDescriptorForType().getFullName();
  }

  /** The vectors show prices as plain decimals, and durations as messages. */
  private static JsonNode protobufJson(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode copy = JSON.createObjectNode();
        object.forEachEntry(
            (name, value) ->
                copy.set(
                    name,
                    switch (name) {
                      case "price" -> price(value);
                      case "min_window" -> JSON.valueToTree(text(value, "seconds") + "s");
                      default -> protobufJson(value);
                    }));
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = JSON.createArrayNode();
        array.forEach(element -> copy.add(protobufJson(element)));
        yield copy;
      }
      default -> node;
    };
  }

  private static JsonNode price(JsonNode price) {
    BigDecimal amount = new BigDecimal(text(price, "amount"));
    return JSON.createObjectNode()
        .put("denom", text(price, "denom"))
        .put("amount", amount.movePointRight(18).toBigIntegerExact().toString());
  }
}
