package io.berth.local.gateway;

import java.io.OutputStream;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import java.util.function.Supplier;

/** The instances of one function: as many as there are events at once, reused when idle. */
final class FunctionPool implements AutoCloseable {
  private final Supplier<FunctionInstance> start;
  private final Deque<FunctionInstance> idle = new ConcurrentLinkedDeque<>();
  private final Set<FunctionInstance> all = ConcurrentHashMap.newKeySet();

  FunctionPool(Supplier<FunctionInstance> start) {
    this.start = start;
  }

  InvocationResult invoke(byte[] event, Optional<String> clientContext) {
    return use(instance -> instance.call(event, clientContext));
  }

  /** As {@link #invoke}, with an answer that is passed on while it is written. */
  InvocationResult stream(byte[] event, OutputStream out) {
    return use(instance -> instance.stream(event, out));
  }

  private InvocationResult use(Function<FunctionInstance, InvocationResult> call) {
    var waiting = idle.pollFirst();
    return waiting == null ? useCold(call) : useOn(waiting, call);
  }

  /** Starts one instance, so that the next event finds it; the error if it cannot start. */
  Optional<InvocationResult> warm() {
    var instance = started();
    var failure = instance.initialize();
    release(instance);
    return failure;
  }

  private InvocationResult useCold(Function<FunctionInstance, InvocationResult> call) {
    var instance = started();
    var failure = instance.initialize();
    if (failure.isPresent()) {
      release(instance);
      return failure.get();
    }
    return useOn(instance, call);
  }

  private InvocationResult useOn(
      FunctionInstance instance, Function<FunctionInstance, InvocationResult> call) {
    try {
      return call.apply(instance);
    } finally {
      release(instance);
    }
  }

  private FunctionInstance started() {
    var instance = start.get();
    all.add(instance);
    return instance;
  }

  /** Last in, first out, as Lambda does, so that a quiet function keeps using one instance. */
  private void release(FunctionInstance instance) {
    if (instance.alive()) {
      idle.addFirst(instance);
    } else {
      instance.discard();
      all.remove(instance);
    }
  }

  /** How many instances exist, busy or idle. */
  int size() {
    return all.size();
  }

  @Override
  public void close() {
    all.forEach(FunctionInstance::discard);
    all.clear();
    idle.clear();
  }
}
