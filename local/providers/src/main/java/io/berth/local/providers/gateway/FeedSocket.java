package io.berth.local.providers.gateway;

import io.berth.local.providers.cluster.Workloads;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/** Tells a feed over a WebSocket, with a ping every 10 seconds. */
final class FeedSocket {
  private static final int PING_SECONDS = 10;

  private final WebSocketChannel channel;
  private final Feed feed;
  private final Workloads workloads;
  private final Runnable step = this::step;
  private boolean ended;

  private FeedSocket(WebSocketChannel channel, Feed feed, Workloads workloads) {
    this.channel = channel;
    this.feed = feed;
    this.workloads = workloads;
  }

  static void open(WebSocketChannel channel, Feed feed, Workloads workloads) {
    new FeedSocket(channel, feed, workloads).open();
  }

  private void open() {
    XnioExecutor.Key pings =
        channel
            .getIoThread()
            .executeAtInterval(
                () -> WebSockets.sendPing(ByteBuffer.allocate(0), channel, null),
                PING_SECONDS,
                TimeUnit.SECONDS);
    channel.addCloseTask(
        _ -> {
          pings.remove();
          workloads.unfollow(step);
        });
    channel.getReceiveSetter().set(new AbstractReceiveListener() {}); // answers pings and closes
    channel.resumeReceives();
    workloads.follow(step);
    step();
  }

  private synchronized void step() {
    if (ended) {
      return;
    }
    Feed.Step next = feed.next();
    ended = next.end().isPresent();
    boolean dropsAfterLast = next.end().filter(Feed.End.Abrupt.class::isInstance).isPresent();
    Iterator<String> messages = next.messages().iterator();
    while (messages.hasNext()) {
      String message = messages.next();
      boolean drops = dropsAfterLast && !messages.hasNext();
      WebSockets.sendText(message, channel, drops ? new Drop() : null);
    }
    next.end().ifPresent(end -> end(end, next.messages().isEmpty()));
  }

  private void end(Feed.End end, boolean nothingWasSent) {
    switch (end) {
      case Feed.End.Close close ->
          WebSockets.sendClose(close.code(), close.reason(), channel, new Drop());
      case Feed.End.Abrupt _ -> {
        if (nothingWasSent) {
          IoUtils.safeClose(channel);
        }
      }
    }
  }

  /** Closes the connection once everything is sent. */
  private static final class Drop implements WebSocketCallback<Void> {
    @Override
    public void complete(WebSocketChannel channel, Void context) {
      IoUtils.safeClose(channel);
    }

    @Override
    public void onError(WebSocketChannel channel, Void context, Throwable problem) {
      IoUtils.safeClose(channel);
    }
  }
}
