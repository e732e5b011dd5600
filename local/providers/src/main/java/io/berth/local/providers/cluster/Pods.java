package io.berth.local.providers.cluster;

import io.berth.local.providers.cluster.Workload.Stage;
import io.berth.local.providers.manifest.Manifest.Expose;
import io.berth.local.providers.manifest.Manifest.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the replicas of a workload say and what Kubernetes says of them. */
public final class Pods {
  /** A running replica says that it is alive every so many blocks. */
  private static final int ALIVE_EVERY = 10;

  private Pods() {}

  /** Something that Kubernetes reports, as providers pass it on: without time or count. */
  public record Event(String type, String reason, String note, String kind, String name) {
    private static Event normal(String reason, String note, String pod) {
      return new Event("Normal", reason, note, "Pod", pod);
    }

    private static Event warning(String reason, String note, String pod) {
      return new Event("Warning", reason, note, "Pod", pod);
    }
  }

  /**
   * The names of the replicas.
   *
   * @param services whose replicas; empty for all
   */
  public static List<String> names(Workload workload, List<String> services) {
    return chosen(workload, services).stream()
        .flatMap(service -> workload.pods(service).stream())
        .toList();
  }

  /** Everything that each replica has said, oldest first. Replicas that start are silent. */
  public static Map<String, List<String>> logs(
      Workload workload, List<String> services, long blocksReady) {
    Map<String, List<String>> logs = new LinkedHashMap<>();
    for (Service service : chosen(workload, services)) {
      for (String pod : workload.pods(service)) {
        logs.put(pod, lines(service, blocksReady));
      }
    }
    return logs;
  }

  /** Everything that Kubernetes has reported so far, oldest first. */
  public static List<Event> events(Workload workload, Stage stage) {
    List<Event> events = new ArrayList<>();
    for (Service service : workload.group().services()) {
      for (String pod : workload.pods(service)) {
        if (stage.compareTo(Stage.STARTING) >= 0) {
          events.add(
              Event.normal("Scheduled", "Successfully assigned %s to node1".formatted(pod), pod));
          events.add(
              Event.normal("Pulling", "Pulling image \"%s\"".formatted(service.image()), pod));
        }
        if (stage.compareTo(Stage.CRASHING) >= 0) {
          events.add(
              Event.normal(
                  "Pulled", "Successfully pulled image \"%s\"".formatted(service.image()), pod));
          events.add(Event.normal("Created", "Created container: " + service.name(), pod));
          events.add(Event.normal("Started", "Started container " + service.name(), pod));
        }
        if (stage == Stage.CRASHING) {
          events.add(
              Event.warning(
                  "BackOff",
                  "Back-off restarting failed container %s in pod %s"
                      .formatted(service.name(), pod),
                  pod));
        }
      }
    }
    return events;
  }

  private static List<String> lines(Service service, long blocksReady) {
    List<String> lines = new ArrayList<>();
    lines.add("simulated start of " + service.image());
    for (Expose expose : Workload.exposes(service)) {
      lines.add("listening on %d/%s".formatted(expose.port(), expose.proto()));
    }
    for (long i = 1; i <= blocksReady / ALIVE_EVERY; i++) {
      lines.add("alive for %d blocks".formatted(i * ALIVE_EVERY));
    }
    return lines;
  }

  private static List<Service> chosen(Workload workload, List<String> services) {
    return workload.group().services().stream()
        .filter(service -> services.isEmpty() || services.contains(service.name()))
        .toList();
  }
}
