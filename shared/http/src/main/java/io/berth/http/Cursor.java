package io.berth.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a list, as clients carry it from page to page. What it says is no promise: clients
 * only hand it back.
 */
public final class Cursor {
  private static final Pattern DSEQ = Pattern.compile("dseq:([0-9]{1,18})");

  private Cursor() {}

  /** Behind the item with this number. */
  public static String text(long dseq) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("dseq:" + dseq).getBytes(StandardCharsets.UTF_8));
  }

  /** The number in a cursor from the query; one that this API never gave is reported. */
  public static Optional<Long> read(Fields query, String name, Optional<String> parameter) {
    Optional<Long> dseq = parameter.flatMap(Cursor::dseq);
    if (parameter.isPresent() && dseq.isEmpty()) {
      query.rejectQuery(name, "Invalid cursor");
    }
    return dseq;
  }

  private static Optional<Long> dseq(String cursor) {
    try {
      Matcher matcher =
          DSEQ.matcher(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
      return matcher.matches() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
