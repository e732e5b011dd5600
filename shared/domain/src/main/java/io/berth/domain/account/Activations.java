package io.berth.domain.account;

/** Has users activated, at some time soon. */
public interface Activations {

  /** Asks for a user's {@link Activation}; it may be asked for again. */
  void request(User user);
}
