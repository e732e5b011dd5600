package io.berth.provider;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * A connection that lets a number of bytes in and breaks at the next. Whatever is read of it, TLS
 * and all, can therefore not fill the memory. It is closed then, and not only refuses to be read:
 * TLS would else wait to say farewell to a provider that takes nothing.
 */
final class MeteredSocket extends Socket {
  private final long limit;
  private volatile boolean exceeded;
  private long received;

  MeteredSocket(long limit) {
    this.limit = limit;
  }

  /** Whether it broke for that, or by {@link #exceed}. */
  boolean isExceeded() {
    return exceeded;
  }

  /** Breaks, as after too many bytes. */
  void exceed() {
    exceeded = true;
    try {
      close();
    } catch (IOException e) {
      // Then it is closed.
    }
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        int value = super.read();
        count(value == -1 ? 0 : 1);
        return value;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(Math.max(0, read));
        return read;
      }
    };
  }

  private void count(int bytes) throws IOException {
    received += bytes;
    if (received > limit) {
      exceed();
      throw new IOException("more bytes than wanted");
    }
  }
}
