package io.berth.functions.lifecycle;

import io.berth.domain.Pause;
import io.berth.domain.deployment.EventKeeper;
import io.berth.domain.lifecycle.BlockClock;
import io.berth.domain.lifecycle.ClosingStep;
import io.berth.domain.lifecycle.CreationStep;
import io.berth.domain.lifecycle.EndStep;
import io.berth.domain.lifecycle.EventKeepingStep;
import io.berth.domain.lifecycle.Journal;
import io.berth.domain.lifecycle.LeaseStep;
import io.berth.domain.lifecycle.LifecycleTimes;
import io.berth.domain.lifecycle.ManifestRepeatingStep;
import io.berth.domain.lifecycle.ManifestStep;
import io.berth.domain.lifecycle.OwnersChoice;
import io.berth.domain.lifecycle.PatientStep;
import io.berth.domain.lifecycle.Progress;
import io.berth.domain.lifecycle.ReadinessStep;
import io.berth.domain.lifecycle.ReleaseStep;
import io.berth.domain.lifecycle.SelectionStep;
import io.berth.domain.lifecycle.StepWork;
import io.berth.domain.lifecycle.Sweeper;
import io.berth.runtime.Adapters;
import io.berth.runtime.Services;
import java.time.InstantSource;

/** Puts the lifecycle's tasks together. */
final class Wiring {
  private static final LifecycleTimes TIMES = LifecycleTimes.standard();
  private static final InstantSource CLOCK = InstantSource.system();

  private Wiring() {}

  static StepWork creation() {
    return patient(
        new CreationStep(
            journal(),
            Adapters.deployments(),
            Services.deploymentWriter(PatientStep.PATIENCE),
            blocks(),
            TIMES));
  }

  static StepWork selection() {
    return patient(
        new SelectionStep(journal(), Adapters.deployments(), Adapters.node(), blocks(), TIMES));
  }

  static OwnersChoice ownersChoice() {
    return new OwnersChoice(journal(), Adapters.stateMachine(), TIMES);
  }

  static StepWork leasing() {
    return patient(
        new LeaseStep(journal(), Services.leasing(PatientStep.PATIENCE), blocks(), TIMES));
  }

  static StepWork manifests() {
    return patient(manifestStep());
  }

  static StepWork release() {
    return patient(
        new ReleaseStep(journal(), Services.leasing(PatientStep.PATIENCE), blocks(), TIMES));
  }

  /** What does not answer counts as not ready, so this step is patient by itself. */
  static StepWork readiness() {
    EventKeeper events = Services.eventKeeper();
    StepWork readiness =
        new ReadinessStep(
            journal(),
            Adapters.deployments(),
            Adapters.node(),
            Adapters.providers(),
            blocks(),
            TIMES);
    return new EventKeepingStep(
        journal(),
        new ManifestRepeatingStep(journal(), blocks(), readiness, repetition()),
        events::keep);
  }

  static StepWork success() {
    return new EndStep(journal(), blocks());
  }

  static StepWork repetition() {
    ManifestStep manifests = manifestStep();
    return id -> {
      manifests.repeat(id);
      return new Progress.Done();
    };
  }

  static StepWork closing() {
    return patient(closingStep());
  }

  static StepWork attention() {
    ClosingStep closing = closingStep();
    return id -> {
      closing.giveUp(id);
      return new Progress.Done();
    };
  }

  static Sweeper sweeper() {
    return new Sweeper(Adapters.operations(), journal(), Adapters.stateMachine(), closingStep());
  }

  private static ManifestStep manifestStep() {
    return new ManifestStep(
        journal(), Adapters.deployments(), Services.manifestSender(), blocks(), TIMES);
  }

  private static ClosingStep closingStep() {
    return new ClosingStep(
        journal(),
        Adapters.deployments(),
        Adapters.node(),
        Services.deploymentWriter(PatientStep.PATIENCE),
        blocks());
  }

  private static StepWork patient(StepWork work) {
    return new PatientStep(journal(), blocks(), work);
  }

  private static Journal journal() {
    return new Journal(Adapters.operations(), CLOCK);
  }

  private static BlockClock blocks() {
    return new BlockClock(Adapters.node(), Services.blockInterval(), CLOCK, Pause.real());
  }
}
