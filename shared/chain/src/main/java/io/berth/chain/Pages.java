package io.berth.chain;

import com.google.protobuf.ByteString;
import io.berth.proto.cosmos.base.query.v1beta1.PageRequest;
import io.berth.proto.cosmos.base.query.v1beta1.PageResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Whole lists, page by page. Only keys are followed: the chain's offsets need a state filter, and
 * its totals count one page.
 */
final class Pages {
  private static final int PAGE_SIZE = 100;

  /** A list this long is not ours: better to fail than to read for ever. */
  private static final int MAX_PAGES = 1_000;

  private Pages() {}

  /** One page of a list. */
  record Page<T>(List<T> items, PageResponse next) {}

  static <T> List<T> all(Function<PageRequest, Page<T>> fetch) {
    List<T> all = new ArrayList<>();
    ByteString key = ByteString.EMPTY;
    for (int page = 0; page < MAX_PAGES; page++) {
      Page<T> fetched =
          fetch.apply(PageRequest.newBuilder().setKey(key).setLimit(PAGE_SIZE).build());
      all.addAll(fetched.items());
      key = fetched.next().getNextKey();
      if (key.isEmpty()) {
        return all;
      }
    }
    throw new IllegalStateException("a list of more than " + MAX_PAGES + " pages");
  }
}
