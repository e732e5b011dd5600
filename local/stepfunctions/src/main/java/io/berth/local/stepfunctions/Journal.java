package io.berth.local.stepfunctions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Executions in a folder, a file of lines for each: first what it was started with, then what each
 * step added and where it left the execution. Lines are only ever appended.
 */
final class Journal {
  private static final System.Logger LOG = System.getLogger(Journal.class.getName());
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path folder;

  /** How many events of an execution are written, by its ARN. */
  private final Map<String, Integer> written = new HashMap<>();

  Journal(Path folder) {
    this.folder = folder;
  }

  /**
   * An execution as it was written.
   *
   * @param progress its last
   * @param position its last
   */
  record Kept(
      String name,
      JsonNode input,
      Instant started,
      List<HistoryEvent> events,
      Execution.Progress progress,
      Position position) {}

  /** Appends what is new of an execution. */
  void write(Execution execution) {
    int known = written.getOrDefault(execution.arn(), 0);
    List<HistoryEvent> events = execution.history().events();
    if (known == events.size()) {
      return;
    }
    StringBuilder lines = new StringBuilder();
    if (known == 0) {
      ObjectNode first = JsonNodeFactory.instance.objectNode().put("name", execution.name());
      first.set("input", execution.input());
      lines.append(first.put("started", execution.started().toString())).append('\n');
    }
    ObjectNode step = JsonNodeFactory.instance.objectNode();
    var added = step.putArray("events");
    events.subList(known, events.size()).forEach(event -> added.add(JournalForm.of(event)));
    step.set("progress", JournalForm.of(execution.progress()));
    step.set("position", JournalForm.of(execution.position()));
    lines.append(step).append('\n');
    append(file(execution.machine(), execution.name()), lines.toString());
    written.put(execution.arn(), events.size());
  }

  private static void append(Path file, String lines) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path folder(Machine machine) {
    return folder.resolve(encoded(machine.name()));
  }

  private Path file(Machine machine, String name) {
    return folder(machine).resolve(encoded(name) + ".jsonl");
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace(".", "%2E");
  }

  /** The executions of a machine, in the order in which they were started. */
  List<Kept> read(Machine machine) {
    if (!Files.isDirectory(folder(machine))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder(machine))) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .flatMap(file -> read(file).stream())
          .sorted(Comparator.comparing(Kept::started))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Kept> read(Path file) {
    List<JsonNode> lines = lines(file);
    if (lines.size() < 2) {
      LOG.log(Level.WARNING, "no whole step of an execution is in {0}", file);
      return Optional.empty();
    }
    List<HistoryEvent> events = new ArrayList<>();
    lines
        .subList(1, lines.size())
        .forEach(step -> step.get("events").forEach(event -> events.add(JournalForm.event(event))));
    JsonNode first = lines.getFirst();
    return Optional.of(
        new Kept(
            first.get("name").asString(),
            first.get("input"),
            Instant.parse(first.get("started").asString()),
            events,
            JournalForm.progress(lines.getLast().get("progress")),
            JournalForm.position(lines.getLast().get("position"))));
  }

  /** The whole lines: a process that was killed may have left a part of one at the end. */
  private static List<JsonNode> lines(Path file) {
    List<JsonNode> lines = new ArrayList<>();
    try {
      String text = Files.readString(file);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      whole.lines().forEach(line -> lines.add(JSON.readTree(line)));
      if (whole.length() < text.length()) {
        Files.writeString(file, whole);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JacksonException e) {
      throw new IllegalStateException(file + " is damaged; remove it to go on without it", e);
    }
    return lines;
  }

  /** The events of an execution that was read need not be written again. */
  void resumed(Execution execution) {
    written.put(execution.arn(), execution.history().events().size());
  }
}
