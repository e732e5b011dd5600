package io.berth.domain.problem;

/** Carries a {@link Problem} to the edge of the function, which answers with it. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Problem problem;
  private final String detail;

  public Refusal(Problem problem) {
    this(problem, "");
  }

  /**
   * @param detail what lies behind it, for the log and never for the user
   */
  public Refusal(Problem problem, String detail) {
    super(problem.message(), null, false, false);
    this.problem = problem;
    this.detail = detail;
  }

  /** What lies behind it, for the log; may be empty. */
  public String detail() {
    return detail;
  }

  public Problem problem() {
    return problem;
  }
}
