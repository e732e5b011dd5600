package io.berth.runtime;

import java.util.function.Supplier;

/** A value made at first use, once. */
public final class Lazy<T> {
  private final Supplier<T> maker;
  private volatile T value;

  private Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  public static <T> Lazy<T> of(Supplier<T> maker) {
    return new Lazy<>(maker);
  }

  /** The value; if making it fails, the next call tries again. */
  public T get() {
    if (value == null) {
      synchronized (this) {
        if (value == null) {
          value = maker.get();
        }
      }
    }
    return value;
  }
}
