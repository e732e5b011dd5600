package io.berth.local.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** A service's state in one JSON file that its owner alone may read; or nowhere at all. */
final class StateFile {
  private final Optional<Path> path;

  private StateFile(Optional<Path> path) {
    this.path = path;
  }

  /** State that ends with the process if there is no folder. */
  static StateFile in(Optional<Path> folder, String name) {
    return new StateFile(folder.map(parent -> parent.resolve(name)));
  }

  /** Creates a folder, and its parents, for the owner alone. */
  static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder, ownerOnly("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was written last, if anything ever was. */
  <T> Optional<T> read(Class<T> type) {
    return path.filter(Files::exists).map(file -> JsonRequest.JSON.readValue(file.toFile(), type));
  }

  /** Replaces the content as a whole: a crash leaves the old or the new, never a part. */
  void write(Object state) {
    path.ifPresent(file -> replace(file, JsonRequest.JSON.writeValueAsBytes(state)));
  }

  private static void replace(Path file, byte[] content) {
    try {
      Path next =
          Files.createTempFile(
              file.getParent(), file.getFileName() + ".", ".tmp", ownerOnly("rw-------"));
      Files.write(next, content);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileAttribute<?>[] ownerOnly(String permissions) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
