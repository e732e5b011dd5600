package io.berth.wallet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The English words of BIP-39 as ASCII bytes, so that looking one up leaves no text behind. */
final class WordList {
  static final int SIZE = 2048;

  private static final byte[][] WORDS = load();

  private WordList() {}

  /** The word with this number, 0 to 2047. The array is shared: never change it. */
  static byte[] word(int index) {
    return WORDS[index];
  }

  /** The number of the word in {@code phrase[start, end)}, or -1 if it is none of the list. */
  static int indexOf(byte[] phrase, int start, int end) {
    int low = 0;
    int high = SIZE - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      byte[] candidate = WORDS[middle];
      int order = Arrays.compare(candidate, 0, candidate.length, phrase, start, end);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  private static byte[][] load() {
    try (InputStream in = WordList.class.getResourceAsStream("english.txt")) {
      if (in == null) {
        throw new IllegalStateException("english.txt is missing");
      }
      byte[][] words =
          new String(in.readAllBytes(), StandardCharsets.US_ASCII)
              .lines()
              .map(line -> line.getBytes(StandardCharsets.US_ASCII))
              .toArray(byte[][]::new);
      if (words.length != SIZE) {
        throw new IllegalStateException("english.txt is not the word list");
      }
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
