package io.berth.local.crashtests;

import io.berth.domain.lifecycle.BlockClock;
import io.berth.domain.lifecycle.ClosingStep;
import io.berth.domain.lifecycle.CreationStep;
import io.berth.domain.lifecycle.EndStep;
import io.berth.domain.lifecycle.Journal;
import io.berth.domain.lifecycle.LeaseStep;
import io.berth.domain.lifecycle.LifecycleTimes;
import io.berth.domain.lifecycle.ManifestRepeatingStep;
import io.berth.domain.lifecycle.ManifestStep;
import io.berth.domain.lifecycle.OperationDesk;
import io.berth.domain.lifecycle.Operations;
import io.berth.domain.lifecycle.OwnersChoice;
import io.berth.domain.lifecycle.PatientStep;
import io.berth.domain.lifecycle.Progress;
import io.berth.domain.lifecycle.ReadinessStep;
import io.berth.domain.lifecycle.ReleaseStep;
import io.berth.domain.lifecycle.SelectionStep;
import io.berth.domain.lifecycle.StateMachine;
import io.berth.domain.lifecycle.StepWork;
import io.berth.domain.lifecycle.Sweeper;
import io.berth.store.DynamoOperations;
import java.time.InstantSource;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The lifecycle's functions as one process holds them, by the names that the machine's file has.
 */
final class LifecycleProcess {
  private static final String ASK_OWNER = "AskOwner";

  final OperationDesk desk;
  final Sweeper sweeper;
  private final OwnersChoice choice;
  private final Map<String, StepWork> steps;

  LifecycleProcess(World world, BerthProcess berth, Tripwire tripwire, StateMachine machinePort) {
    InstantSource clock = world::now;
    LifecycleTimes times = LifecycleTimes.standard();
    Operations operations =
        tripwire.around(Operations.class, new DynamoOperations(world.dynamoDb, "Operations"));
    StateMachine machine = tripwire.around(StateMachine.class, machinePort);
    Journal journal = new Journal(operations, clock);
    BlockClock blocks = new BlockClock(berth.chain, World.BLOCK, clock, world::pass);
    ManifestStep manifests =
        new ManifestStep(journal, berth.records, berth.manifests, blocks, times);
    StepWork repetition =
        id -> {
          manifests.repeat(id);
          return new Progress.Done();
        };
    ClosingStep closing =
        new ClosingStep(journal, berth.records, berth.reader, berth.writer, blocks);
    desk = new OperationDesk(operations, berth.records, machine, clock, world::pass);
    sweeper = new Sweeper(operations, journal, machine, closing);
    choice = new OwnersChoice(journal, machine, times);
    steps =
        Map.of(
            "PutOnChain",
            patient(
                journal,
                blocks,
                new CreationStep(journal, berth.records, berth.writer, blocks, times)),
            "ChooseBids",
            patient(
                journal,
                blocks,
                new SelectionStep(journal, berth.records, berth.reader, blocks, times)),
            "TakeBids",
            patient(journal, blocks, new LeaseStep(journal, berth.leasing, blocks, times)),
            "OfferManifests",
            patient(journal, blocks, manifests),
            "ReleaseLeases",
            patient(journal, blocks, new ReleaseStep(journal, berth.leasing, blocks, times)),
            "CheckReadiness",
            new ManifestRepeatingStep(
                journal,
                blocks,
                new ReadinessStep(
                    journal, berth.records, berth.reader, berth.gateway, blocks, times),
                repetition),
            "RecordSuccess",
            new EndStep(journal, blocks),
            "RepeatManifests",
            repetition,
            "CloseFailed",
            patient(journal, blocks, closing),
            "RaiseAttention",
            id -> {
              closing.giveUp(id);
              return new Progress.Done();
            });
  }

  private static StepWork patient(Journal journal, BlockClock blocks, StepWork step) {
    return new PatientStep(journal, blocks, step);
  }

  /** Answers a call of a function with JSON, or throws what it throws. */
  String invoke(String function, JsonNode event) {
    String id = event.get("operationId").asString();
    if (function.equals(ASK_OWNER)) {
      choice.await(id, event.get("taskToken").asString());
      return "{}";
    }
    return switch (steps.get(function).run(id)) {
      case Progress.Done done -> "{\"done\":true,\"waitSeconds\":0}";
      case Progress.Wait(int seconds) -> "{\"done\":false,\"waitSeconds\":" + seconds + "}";
    };
  }
}
