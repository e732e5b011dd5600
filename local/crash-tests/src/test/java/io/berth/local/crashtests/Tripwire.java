package io.berth.local.crashtests;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** Counts the external calls of one process, and stops it at one of them. */
final class Tripwire {

  /** On which side of a call the process stops. */
  enum Side {
    BEFORE,
    AFTER
  }

  private final int at;
  private final Side side;
  private final List<String> calls = new ArrayList<>();

  private Tripwire(int at, Side side) {
    this.at = at;
    this.side = side;
  }

  /** Never stops. */
  static Tripwire none() {
    return new Tripwire(-1, Side.BEFORE);
  }

  /** Stops on a side of the call with this number, from 0. */
  static Tripwire at(int call, Side side) {
    return new Tripwire(call, side);
  }

  /** The calls so far, as {@code Port.method}. */
  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** Neither stops nor counts. */
  static Tripwire absent() {
    return new Tripwire(Integer.MIN_VALUE, Side.BEFORE);
  }

  /** The port, with every call to it counted. */
  <T> T around(Class<T> port, T delegate) {
    if (at == Integer.MIN_VALUE) {
      return delegate;
    }
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              String name = port.getSimpleName() + "." + method.getName();
              int call = count(name);
              stopIf(call, Side.BEFORE, name);
              Object result;
              try {
                result = method.invoke(delegate, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              stopIf(call, Side.AFTER, name);
              return result;
            }));
  }

  private synchronized int count(String name) {
    calls.add(name);
    return calls.size() - 1;
  }

  /** A stopped process does nothing more, whichever of its threads it is. */
  private void stopIf(int call, Side where, String name) {
    boolean stops = call == at && side == where;
    if (at >= 0 && (stops || call > at)) {
      throw new Crash(where + " " + name + " (call " + call + ")");
    }
  }
}
