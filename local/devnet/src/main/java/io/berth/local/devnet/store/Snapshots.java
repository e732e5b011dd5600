package io.berth.local.devnet.store;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps the newest version in a file, which is replaced as a whole: a crash leaves the old one or
 * the new one. A second, tiny file keeps up with the height of blocks that changed nothing.
 */
public final class Snapshots {

  private static final int FORMAT = 1;

  private final Path state;
  private final Path head;
  private final Map<String, Message> prototypes = new HashMap<>();

  /**
   * @param directory where the files are; made when missing
   * @param prototypes the default instance of every message that states hold
   */
  public Snapshots(Path directory, Collection<Message> prototypes) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.state = directory.resolve("devnet-state.bin");
    this.head = directory.resolve("devnet-head.bin");
    prototypes.forEach(
        prototype ->
            this.prototypes.put(prototype.getDescriptorForType().getFullName(), prototype));
  }

  /** Writes a changed version. */
  public void save(Version version) {
    replace(
        state,
        out -> {
          out.writeInt(FORMAT);
          writeHead(out, version);
          out.writeInt(version.entries().size());
          for (Map.Entry<String, Message> entry : version.entries().entrySet()) {
            byte[] bytes = entry.getValue().toByteArray();
            out.writeUTF(entry.getKey());
            out.writeUTF(entry.getValue().getDescriptorForType().getFullName());
            out.writeInt(bytes.length);
            out.write(bytes);
          }
        });
    saveHead(version);
  }

  /** Writes the height and time of a version that changed nothing. */
  public void saveHead(Version version) {
    replace(head, out -> writeHead(out, version));
  }

  /** The last version saved; empty when there is none. */
  public Optional<Version> load() {
    if (!Files.exists(state)) {
      return Optional.empty();
    }
    try (DataInputStream in = open(state)) {
      if (in.readInt() != FORMAT) {
        throw new IOException("unknown format: " + state.getFileName());
      }
      Head saved = readHead(in);
      NavigableMap<String, Message> entries = new TreeMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        entries.put(in.readUTF(), readMessage(in));
      }
      Head newest = loadHead().filter(one -> one.height > saved.height).orElse(saved);
      return Optional.of(new Version(newest.height, newest.time, entries));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Head(long height, Instant time) {}

  private Optional<Head> loadHead() throws IOException {
    if (!Files.exists(head)) {
      return Optional.empty();
    }
    try (DataInputStream in = open(head)) {
      return Optional.of(readHead(in));
    }
  }

  private Message readMessage(DataInputStream in) throws IOException {
    String type = in.readUTF();
    byte[] bytes = in.readNBytes(in.readInt());
    Message prototype = prototypes.get(type);
    if (prototype == null) {
      throw new InvalidProtocolBufferException("unknown type in snapshot: " + type);
    }
    return prototype.getParserForType().parseFrom(bytes);
  }

  private static void writeHead(DataOutputStream out, Version version) throws IOException {
    Instant time = version.time();
    out.writeLong(version.height());
    out.writeLong(time.getEpochSecond());
    out.writeInt(time.getNano());
  }

  private static Head readHead(DataInputStream in) throws IOException {
    return new Head(in.readLong(), Instant.ofEpochSecond(in.readLong(), in.readInt()));
  }

  private static DataInputStream open(Path file) throws IOException {
    return new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
  }

  @FunctionalInterface
  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private static void replace(Path file, Writing writing) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
        writing.to(out);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
