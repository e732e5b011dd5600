package io.berth.store;

import io.berth.domain.Bytes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Single attribute values. */
final class Values {
  /** ISO 8601 with all nine digits, so that texts order as times do. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSX").withZone(ZoneOffset.UTC);

  private Values() {}

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  static AttributeValue bytes(Bytes value) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(value.toArray()));
  }

  static AttributeValue time(Instant value) {
    return text(TIME.format(value));
  }
}
