package io.berth.local.stepfunctions.query;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Step Functions adds to JSONata: {@code $partition}, {@code $range}, {@code $hash}, {@code
 * $random} with a seed, {@code $uuid} and {@code $parse}. {@code $now} and {@code $millis} tell the
 * time of the clock here.
 */
final class StatesFunctions {
  private static final Set<String> ALGORITHMS =
      Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

  /** The most numbers a range may have, as Step Functions documents. */
  private static final int LONGEST_RANGE = 1000;

  private final InstantSource clock;
  private final RandomGenerator random;

  StatesFunctions(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  void bindTo(Jsonata.Frame frame) {
    frame.bind("partition", new JFunction((_, args) -> partition(args), "<an:a>"));
    frame.bind("range", new JFunction((_, args) -> range(args), "<nnn:a>"));
    frame.bind("hash", new JFunction((_, args) -> hash(args), "<ss:s>"));
    frame.bind("random", new JFunction((_, args) -> random(args), "<n?:n>"));
    frame.bind("uuid", new JFunction((_, _) -> uuid(random), "<:s>"));
    frame.bind("parse", new JFunction((_, args) -> parse(args), "<s:x>"));
    frame.bind("now", new JFunction((_, args) -> now(args), "<s?s?:s>"));
    frame.bind("millis", new JFunction((_, _) -> clock.millis(), "<:n>"));
    frame.bind("eval", new JFunction((_, _) -> noEval(), "<s:x>"));
  }

  /** A random (version 4) UUID. */
  static String uuid(RandomGenerator random) {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(high, low).toString();
  }

  private static Object partition(List<?> args) {
    if (!(args.get(0) instanceof List<?> list)) {
      return null; // Undefined in, undefined out, as JSONata's own functions.
    }
    int size = (int) number(args, 1, "$partition");
    if (size < 1) {
      throw new JException("$partition takes a size of 1 or more", 0);
    }
    List<Object> chunks = new ArrayList<>();
    for (int from = 0; from < list.size(); from += size) {
      chunks.add(new ArrayList<>(list.subList(from, Math.min(from + size, list.size()))));
    }
    return chunks;
  }

  private static Object range(List<?> args) {
    double first = number(args, 0, "$range");
    double last = number(args, 1, "$range");
    double step = number(args, 2, "$range");
    if (step == 0) {
      throw new JException("$range takes a step other than 0", 0);
    }
    long count = (long) Math.floor((last - first) / step) + 1;
    if (count > LONGEST_RANGE) {
      throw new JException("$range makes at most " + LONGEST_RANGE + " numbers", 0);
    }
    List<Object> numbers = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      numbers.add(first + i * step);
    }
    return numbers;
  }

  private static Object hash(List<?> args) {
    String algorithm = text(args, 1, "$hash");
    if (!ALGORITHMS.contains(algorithm)) {
      throw new JException(
          "$hash takes one of " + String.join(", ", ALGORITHMS.stream().sorted().toList()), 0);
    }
    try {
      byte[] content = text(args, 0, "$hash").getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object random(List<?> args) {
    boolean seeded = !args.isEmpty() && args.getFirst() != null;
    return seeded
        ? new Random((long) number(args, 0, "$random")).nextDouble()
        : random.nextDouble();
  }

  private static Object parse(List<?> args) {
    try {
      return Plain.bound(JsonMapper.shared().readTree(text(args, 0, "$parse")));
    } catch (JacksonException e) {
      throw new JException("$parse takes JSON: " + e.getOriginalMessage(), 0);
    }
  }

  private Object now(List<?> args) {
    return Functions.dateTimeFromMillis(
        clock.millis(), optionalText(args, 0), optionalText(args, 1));
  }

  private static Object noEval() {
    throw new JException("$eval is not supported by Step Functions; $parse reads JSON", 0);
  }

  private static double number(List<?> args, int index, String function) {
    if (index < args.size() && args.get(index) instanceof Number number) {
      return number.doubleValue();
    }
    throw new JException("argument " + (index + 1) + " of " + function + " must be a number", 0);
  }

  private static String text(List<?> args, int index, String function) {
    if (index < args.size() && args.get(index) instanceof String text) {
      return text;
    }
    throw new JException("argument " + (index + 1) + " of " + function + " must be a string", 0);
  }

  private static String optionalText(List<?> args, int index) {
    return index < args.size() && args.get(index) instanceof String text ? text : null;
  }
}
