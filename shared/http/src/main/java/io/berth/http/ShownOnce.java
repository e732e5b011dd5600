package io.berth.http;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * A secret in an answer's body. It is written when the answer is sent; wherever else it gets to (a
 * kept answer, a log, another function) it is null, or hidden.
 */
public final class ShownOnce {
  private static final Object SENT = new Object();

  /** Writes the secrets too. */
  static final ObjectWriter SHOWING = Json.MAPPER.writer().withAttribute(SENT, true);

  private final String secret;

  private ShownOnce(String secret) {
    this.secret = secret;
  }

  public static ShownOnce of(String secret) {
    return new ShownOnce(secret);
  }

  @Override
  public String toString() {
    return "ShownOnce[hidden]";
  }

  /** Null unless the writer is the one that {@link #SHOWING} is. */
  static final class Serializer extends StdSerializer<ShownOnce> {
    Serializer() {
      super(ShownOnce.class);
    }

    @Override
    public void serialize(ShownOnce value, JsonGenerator out, SerializationContext context) {
      if (context.getAttribute(SENT) == null) {
        out.writeNull();
      } else {
        out.writeString(value.secret);
      }
    }
  }
}
