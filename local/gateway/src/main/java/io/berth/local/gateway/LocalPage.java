package io.berth.local.gateway;

/** A page that exists only on this machine, outside the template's API and its authorizers. */
@FunctionalInterface
public interface LocalPage {
  /** Answers one request; may block. */
  Response answer(Request request);
}
