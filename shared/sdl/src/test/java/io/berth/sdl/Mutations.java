package io.berth.sdl;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The fixtures' inputs, and what is left of them after random edits. */
final class Mutations {
  private static final String[] SCRAPS = {
    "*a", "&a ", "<<: ", "!!str ", "---\n", "{", "}", "[", "]", "\"", "'", "~", "|\n", "? ", "- ",
    ": ", "\t", "\0", "1e99", "-1", "\uFEFF", "\n", "0x", ".inf"
  };

  private Mutations() {}

  static List<String> inputs() {
    return Stream.of("sdl/valid", "sdl/invalid", "sdl-ts/valid", "sdl-ts/invalid")
        .flatMap(Fixtures::cases)
        .map((Path folder) -> Fixtures.text(folder, "input.yaml"))
        .toList();
  }

  /** One to eight edits: a byte changed, a piece cut or doubled, or a scrap of YAML put in. */
  static String mutated(String text, Random random) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int edits = 1 + random.nextInt(8); edits > 0 && bytes.length > 0; edits--) {
      int from = random.nextInt(bytes.length);
      int to = Math.min(bytes.length, from + random.nextInt(40));
      bytes =
          switch (random.nextInt(4)) {
            case 0 -> {
              bytes[from] = (byte) random.nextInt(256);
              yield bytes;
            }
            case 1 -> joined(bytes, from, new byte[0], to);
            case 2 -> joined(bytes, to, Arrays.copyOfRange(bytes, from, to), to);
            default -> {
              String scrap = SCRAPS[random.nextInt(SCRAPS.length)];
              yield joined(bytes, from, scrap.getBytes(StandardCharsets.UTF_8), from);
            }
          };
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[] bytes, int head, byte[] middle, int tail) {
    byte[] joined = new byte[head + middle.length + bytes.length - tail];
    System.arraycopy(bytes, 0, joined, 0, head);
    System.arraycopy(middle, 0, joined, head, middle.length);
    System.arraycopy(bytes, tail, joined, head + middle.length, bytes.length - tail);
    return joined;
  }
}
