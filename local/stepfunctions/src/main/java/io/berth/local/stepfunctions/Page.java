package io.berth.local.stepfunctions;

import io.berth.local.aws.AwsFault;
import io.berth.local.aws.JsonRequest;
import java.util.List;
import java.util.Optional;

/** A part of a list, as {@code maxResults} and {@code nextToken} of a request ask for it. */
record Page<T>(List<T> items, Optional<String> nextToken) {
  private static final int DEFAULT_SIZE = 100;
  private static final int LARGEST_SIZE = 1000;

  static <T> Page<T> of(List<T> all, JsonRequest request) {
    int size = request.findInt("maxResults").filter(asked -> asked != 0).orElse(DEFAULT_SIZE);
    if (size < 0 || size > LARGEST_SIZE) {
      throw AwsFault.validation("maxResults must be from 0 to " + LARGEST_SIZE);
    }
    int from = request.find("nextToken").map(Page::offset).orElse(0);
    int to = Math.min(from + size, all.size());
    if (from > all.size()) {
      throw invalidToken();
    }
    Optional<String> next = to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty();
    return new Page<>(List.copyOf(all.subList(from, to)), next);
  }

  private static int offset(String token) {
    if (!token.matches("[0-9]{1,9}")) {
      throw invalidToken();
    }
    return Integer.parseInt(token);
  }

  private static AwsFault invalidToken() {
    return AwsFault.of("InvalidToken", "Invalid Token: 'Invalid nextToken'");
  }
}
