package io.berth.domain.lifecycle;

/** A lease ended before its workload ran. */
public final class LeaseLostException extends LifecycleException {
  private static final long serialVersionUID = 1L;

  public LeaseLostException(String message) {
    super(message);
  }

  /** Keeps the reason, too. */
  static LeaseLostException on(Journal journal, String id) {
    String message = "The lease ended before its workload ran";
    journal.fail(id, new Fault(Fault.Kind.UNAVAILABLE, "lease_lost", message));
    return new LeaseLostException(message);
  }
}
