package io.berth.domain.lifecycle;

/** Records that the deployment runs. */
public final class EndStep implements StepWork {
  private final Journal journal;
  private final BlockClock blocks;

  public EndStep(Journal journal, BlockClock blocks) {
    this.journal = journal;
    this.blocks = blocks;
  }

  /**
   * Ends the operation well.
   *
   * @return how long to wait before the manifest is sent once more: some blocks, so that a provider
   *     that heard of the lease late stops its watchdog too (provider-gateway.md §3.4)
   */
  @Override
  public Progress run(String id) {
    Operation _ = journal.change(id, known -> known.end(Operation.State.SUCCEEDED, journal.now()));
    return new Progress.Wait(BlockClock.wholeSeconds(blocks.interval().multipliedBy(5)));
  }
}
