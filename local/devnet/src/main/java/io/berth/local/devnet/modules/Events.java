package io.berth.local.devnet.modules;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.berth.proto.cosmos.base.v1beta1.DecCoin;
import io.berth.proto.tendermint.abci.Event;
import io.berth.proto.tendermint.abci.EventAttribute;
import java.util.Base64;
import java.util.Comparator;
import java.util.stream.Collectors;

/**
 * Events as the chain writes them: a typed event has one attribute per field, sorted by name, whose
 * value is the field's JSON text (proto names, 64-bit numbers quoted, decimals with 18 places).
 */
final class Events {

  static Event typed(Message event) {
    Event.Builder builder = Event.newBuilder().setType(event.getDescriptorForType().getFullName());
    event.getDescriptorForType().getFields().stream()
        .sorted(Comparator.comparing(FieldDescriptor::getName))
        .forEach(
            field ->
                builder.addAttributes(
                    attribute(field.getName(), json(field, event.getField(field)))));
    return builder.build();
  }

  static Event plain(String type, String... keysAndValues) {
    Event.Builder builder = Event.newBuilder().setType(type);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      builder.addAttributes(attribute(keysAndValues[i], keysAndValues[i + 1]));
    }
    return builder.build();
  }

  static Event withMessageIndex(Event event, int index) {
    return event.toBuilder().addAttributes(attribute("msg_index", Integer.toString(index))).build();
  }

  private static EventAttribute attribute(String key, String value) {
    return EventAttribute.newBuilder().setKey(key).setValue(value).setIndex(true).build();
  }

  private static String json(FieldDescriptor field, Object value) {
    return switch (field.getType()) {
      case MESSAGE -> object((Message) value);
      case UINT64 -> quoted(Long.toUnsignedString((Long) value));
      case INT64 -> quoted(value.toString());
      case UINT32, INT32, BOOL -> value.toString();
      case STRING -> quoted((String) value);
      case BYTES -> quoted(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
      case ENUM -> quoted(((EnumValueDescriptor) value).getName());
      default -> throw new IllegalStateException("no event has a field of type " + field.getType());
    };
  }

  private static String object(Message message) {
    if (message instanceof DecCoin coin) {
      return "{\"denom\":%s,\"amount\":%s}"
          .formatted(quoted(coin.getDenom()), quoted(Coins.amount(coin).toString()));
    }
    return message.getDescriptorForType().getFields().stream()
        .map(field -> quoted(field.getName()) + ":" + json(field, message.getField(field)))
        .collect(Collectors.joining(",", "{", "}"));
  }

  // Addresses, denoms, numbers and base64: nothing here needs more escaping than this.
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private Events() {}
}
