package io.berth.local.devnet.modules;

import com.google.protobuf.ByteString;
import io.berth.proto.cosmos.base.query.v1beta1.PageRequest;
import io.berth.proto.cosmos.base.query.v1beta1.PageResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One page of a listing.
 *
 * @param entries the page's entries with their state keys, in order
 * @param info the key of the next page and the total
 */
public record Page<T>(List<Map.Entry<String, T>> entries, PageResponse info) {

  private static final int DEFAULT_LIMIT = 100;

  /** The values alone. */
  public List<T> values() {
    return entries.stream().map(Map.Entry::getValue).toList();
  }

  /**
   * A page as the SDK's own modules make it: {@code total} counts everything, and only when asked
   * for.
   */
  public static <T> Page<T> cosmos(
      NavigableMap<String, T> all, PageRequest request, Predicate<T> filter) {
    NavigableMap<String, T> matching = filtered(all, filter);
    Page<T> page = cut(matching, request);
    PageResponse.Builder info = page.info.toBuilder().clearTotal();
    if (request.getCountTotal() && request.getKey().isEmpty()) {
      info.setTotal(matching.size());
    }
    return new Page<>(page.entries, info.build());
  }

  /**
   * A page as Akash's modules make it: {@code total} is the number in this page, and an offset
   * needs a state to filter by.
   */
  public static <T> Page<T> akash(
      NavigableMap<String, T> all, PageRequest request, Predicate<T> filter, String state) {
    if (request.getOffset() != 0 && state.isEmpty()) {
      throw Replies.invalid(
          "invalid request parameters. if offset is set, filter.state must be provided");
    }
    return cut(filtered(all, filter), request);
  }

  private static <T> NavigableMap<String, T> filtered(
      NavigableMap<String, T> all, Predicate<T> filter) {
    NavigableMap<String, T> matching = new TreeMap<>();
    all.forEach(
        (key, value) -> {
          if (filter.test(value)) {
            matching.put(key, value);
          }
        });
    return matching;
  }

  private static <T> Page<T> cut(NavigableMap<String, T> matching, PageRequest request) {
    if (!request.getKey().isEmpty() && request.getOffset() != 0) {
      throw Replies.invalid("invalid request, either offset or key is expected, got both");
    }
    NavigableMap<String, T> ordered = request.getReverse() ? matching.descendingMap() : matching;
    NavigableMap<String, T> rest =
        request.getKey().isEmpty()
            ? ordered
            : ordered.tailMap(request.getKey().toStringUtf8(), true);
    long limit = request.getLimit() == 0 ? DEFAULT_LIMIT : request.getLimit();
    List<Map.Entry<String, T>> entries = new ArrayList<>();
    PageResponse.Builder info = PageResponse.newBuilder();
    long position = 0;
    for (Map.Entry<String, T> entry : rest.entrySet()) {
      if (Long.compareUnsigned(position++, request.getOffset()) < 0) {
        continue;
      }
      if (Long.compareUnsigned(entries.size(), limit) >= 0) {
        info.setNextKey(ByteString.copyFromUtf8(entry.getKey()));
        break;
      }
      entries.add(Map.entry(entry.getKey(), entry.getValue()));
    }
    return new Page<>(List.copyOf(entries), info.setTotal(entries.size()).build());
  }
}
