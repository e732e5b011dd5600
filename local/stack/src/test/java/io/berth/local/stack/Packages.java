package io.berth.local.stack;

import io.berth.local.gateway.LambdaFunction;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The functions' packages, as the build describes them: a function's own classes, then its module's
 * run-time dependencies and nothing else. As class loaders, they let a function find in this
 * process just what it would find in Lambda.
 */
final class Packages implements Function<LambdaFunction, ClassLoader> {
  private final Path root;
  private final Map<String, ClassLoader> loaders = new ConcurrentHashMap<>();

  Packages(Path root) {
    this.root = root;
  }

  /** The class path of the functions whose code is in this folder of the template. */
  List<Path> classPath(String codeUri) {
    Path built = root.resolve(codeUri).resolve("target");
    try {
      String dependencies = Files.readString(built.resolve("classpath"));
      return Stream.concat(
              Stream.of(built.resolve("classes")),
              Stream.of(dependencies.split(File.pathSeparator)).map(Path::of))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("functions are built first: " + built, e);
    }
  }

  @Override
  public ClassLoader apply(LambdaFunction function) {
    return loaders.computeIfAbsent(function.codeUri(), this::loader);
  }

  private ClassLoader loader(String codeUri) {
    URL[] urls = classPath(codeUri).stream().map(Packages::url).toArray(URL[]::new);
    return new URLClassLoader(codeUri, urls, new LambdaRuntimeClasses());
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("every path has a URL", e);
    }
  }

  /** What Lambda's runtime and a handler know of each other; the runtime's are this process's. */
  private static final class LambdaRuntimeClasses extends ClassLoader {
    private static final String SHARED = "com.amazonaws.services.lambda.runtime.";

    private LambdaRuntimeClasses() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (!name.startsWith(SHARED)) {
        throw new ClassNotFoundException(name);
      }
      return getClass().getClassLoader().loadClass(name);
    }
  }
}
