package io.berth.local.providers.gateway;

import io.berth.domain.akash.BidId;
import io.berth.local.providers.Persona;
import io.berth.local.providers.cluster.Pods;
import io.berth.local.providers.cluster.Workload;
import io.berth.local.providers.cluster.Workload.Stage;
import io.berth.local.providers.cluster.Workloads;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a WebSocket tells, step by step: at once when it opens, and after every block as long as the
 * steps do not end it.
 */
sealed interface Feed {

  /** What there is to tell since the last step. */
  Step next();

  /**
   * One step.
   *
   * @param messages text frames
   * @param end how the socket ends after them, if it does
   */
  record Step(List<String> messages, Optional<End> end) {
    static Step ending(End end) {
      return new Step(List.of(), Optional.of(end));
    }
  }

  /** How a socket ends. */
  sealed interface End {

    /** Without a word: so providers end finished logs. */
    record Abrupt() implements End {}

    /** With a close frame. */
    record Close(int code, String reason) implements End {}
  }

  End LEASE_NOT_FOUND = new End.Close(4001, "");
  End NO_CLUSTER = new End.Close(4002, "");

  /** Ends at once. */
  record Ending(End end) implements Feed {
    @Override
    public Step next() {
      return Step.ending(end);
    }
  }

  /**
   * What the client asked for.
   *
   * @param services names; empty for all
   * @param tail how many old lines of each replica; empty for all
   */
  record Options(boolean follow, List<String> services, Optional<Integer> tail) {}

  /** The logs of a lease's replicas (provider-gateway.md §1.6). The replicas are chosen once. */
  final class Logs implements Feed {
    private static final int FLOOD = 100_000;

    private final Workloads workloads;
    private final BidId lease;
    private final Options options;
    private final Supplier<Persona> persona;
    private final Map<String, Integer> told = new HashMap<>();
    private Optional<Workload> opened = Optional.empty();

    Logs(Workloads workloads, BidId lease, Options options, Supplier<Persona> persona) {
      this.workloads = workloads;
      this.lease = lease;
      this.options = options;
      this.persona = persona;
    }

    @Override
    public Step next() {
      Optional<Workload> workload = workloads.find(lease);
      if (opened.isEmpty()) {
        return workload.map(this::open).orElseGet(() -> Step.ending(LEASE_NOT_FOUND));
      }
      return workload.equals(opened)
          ? new Step(news(workload.get()), Optional.empty())
          : Step.ending(new End.Abrupt());
    }

    private Step open(Workload workload) {
      Stage stage = workloads.stage(workload);
      if (stage == Stage.QUEUED) {
        return Step.ending(LEASE_NOT_FOUND);
      }
      if (stage == Stage.CREATED || Pods.names(workload, options.services()).isEmpty()) {
        return Step.ending(new End.Close(4000, "no running pods"));
      }
      if (stage == Stage.STARTING) {
        return Step.ending(new End.Close(4000, "")); // a container that starts has no log to read
      }
      opened = Optional.of(workload);
      skipToTail(workload);
      return new Step(
          news(workload), options.follow() ? Optional.empty() : Optional.of(new End.Abrupt()));
    }

    private void skipToTail(Workload workload) {
      if (persona.get() == Persona.FLOODS_LOGS) {
        return;
      }
      options
          .tail()
          .ifPresent(
              tail ->
                  logs(workload)
                      .forEach((pod, lines) -> told.put(pod, Math.max(0, lines.size() - tail))));
    }

    private List<String> news(Workload workload) {
      List<String> messages = new ArrayList<>();
      logs(workload)
          .forEach(
              (pod, lines) -> {
                lines.stream()
                    .skip(told.getOrDefault(pod, 0))
                    .map(line -> message(pod, line))
                    .forEach(messages::add);
                told.put(pod, lines.size());
              });
      return messages;
    }

    private Map<String, List<String>> logs(Workload workload) {
      Map<String, List<String>> logs =
          Pods.logs(workload, options.services(), workloads.blocksReady(workload));
      if (persona.get() == Persona.FLOODS_LOGS) {
        logs.replaceAll((pod, lines) -> Collections.nCopies(FLOOD, lines.getFirst()));
      }
      return logs;
    }

    private static String message(String pod, String line) {
      Map<String, Object> message = new LinkedHashMap<>();
      message.put("name", pod);
      message.put("message", line);
      return json(message);
    }
  }

  /** What Kubernetes reports of a lease (provider-gateway.md §1.7). */
  final class Events implements Feed {
    private static final End DONE = new End.Close(1000, "");

    private final Workloads workloads;
    private final BidId lease;
    private final String namespace;
    private final Options options;
    private final Supplier<Persona> persona;
    private int told;

    Events(
        Workloads workloads,
        BidId lease,
        String namespace,
        Options options,
        Supplier<Persona> persona) {
      this.persona = persona;
      this.workloads = workloads;
      this.lease = lease;
      this.namespace = namespace;
      this.options = options;
    }

    @Override
    public Step next() {
      Optional<Workload> workload =
          workloads.find(lease).filter(each -> workloads.stage(each) != Stage.QUEUED);
      if (workload.isEmpty()) {
        return Step.ending(told == 0 ? LEASE_NOT_FOUND : DONE);
      }
      return new Step(
          news(workload.get()), options.follow() ? Optional.empty() : Optional.of(DONE));
    }

    /** Events do not carry the label that services are chosen by, so a choice finds nothing. */
    private List<String> news(Workload workload) {
      if (!options.services().isEmpty() || persona.get() == Persona.FORGETFUL) {
        return List.of();
      }
      List<Pods.Event> events = Pods.events(workload, workloads.stage(workload));
      List<String> messages = events.stream().skip(told).map(this::message).toList();
      told = Math.max(told, events.size());
      return persona.get() == Persona.REPEATS_EVENTS
          ? messages.stream().flatMap(message -> Stream.of(message, message)).toList()
          : messages;
    }

    private String message(Pods.Event event) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("kind", event.kind());
      object.put("namespace", namespace);
      object.put("name", event.name());
      Map<String, Object> message = new LinkedHashMap<>();
      message.put("type", event.type());
      message.put("reportingController", "kubelet");
      message.put("reportingInstance", "node1");
      message.put("reason", event.reason());
      message.put("note", event.note());
      message.put("object", object);
      return json(message);
    }
  }

  private static String json(Map<String, Object> message) {
    return JsonMapper.shared().writeValueAsString(message) + "\n";
  }
}
