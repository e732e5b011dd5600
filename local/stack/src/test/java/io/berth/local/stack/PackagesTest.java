package io.berth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.local.gateway.LambdaFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What functions carry stands in one reviewed file, so that a new dependency is a diff. */
class PackagesTest {
  private static final Path ROOT = RunningBerth.root();
  private static final Path REVIEWED = ROOT.resolve("docs/packages.txt");
  private static final String HEADER =
      """
      # The class path of functions, with the areas that use each entry: Berth's modules, then other libraries.
      # Written by `make packages` from the build and checked by PackagesTest.
      """;

  private final Packages packages = new Packages(ROOT);
  private final Set<String> areas =
      ContractTest.template().functions().stream()
          .map(LambdaFunction::codeUri)
          .collect(Collectors.toCollection(TreeSet::new));

  @Test
  void everythingThatAFunctionCarriesIsInTheReviewedFile() throws IOException {
    String actual = HEADER + "\n" + lines(this::ours) + "\n" + lines(this::others);
    if ("write".equals(System.getProperty("packages"))) {
      Files.writeString(REVIEWED, actual);
    }

    assertThat(actual)
        .as("if the change is meant, run `make packages` and have the diff reviewed")
        .isEqualTo(Files.readString(REVIEWED));
  }

  /** Each name with the areas that have it. */
  private String lines(Function<String, List<String>> carried) {
    Map<String, Set<String>> areasOf = new TreeMap<>();
    for (String area : areas) {
      for (String name : carried.apply(area)) {
        areasOf
            .computeIfAbsent(unversioned(name), _ -> new TreeSet<>())
            .add(area.replaceFirst("functions/", ""));
      }
    }
    return areasOf.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + all(entry.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  private String all(Set<String> some) {
    return some.size() == areas.size() ? "all" : String.join(", ", some);
  }

  /** In a reactor build, a module is its folder of classes or its jar, both under its target. */
  private List<String> ours(String area) {
    return packages.classPath(area).stream()
        .filter(PackagesTest::isOurs)
        .map(path -> path.getParent().getParent().getFileName().toString())
        .toList();
  }

  private List<String> others(String area) {
    return packages.classPath(area).stream()
        .filter(path -> !isOurs(path))
        .map(path -> path.getFileName().toString())
        .toList();
  }

  private static boolean isOurs(Path path) {
    return path.startsWith(ROOT) && path.getParent().endsWith("target");
  }

  /** {@code kms-2.54.13.jar} to {@code kms}. */
  private static String unversioned(String jar) {
    return jar.replaceFirst("-\\d.*\\.jar$", "");
  }

  @Test
  void onlyTheSignerCanOpenWalletsAndItCannotReachTheChainOrProviders() {
    for (String area : areas) {
      boolean signer = area.equals("functions/signer");
      assertThat(ours(area).contains("wallet")).as(area).isEqualTo(signer);
      assertThat(others(area).stream().anyMatch(jar -> jar.startsWith("kms-")))
          .as(area)
          .isEqualTo(signer);
    }
    assertThat(others("functions/signer"))
        .noneMatch(
            jar ->
                jar.startsWith("grpc-okhttp-")
                    || jar.startsWith("httpclient5-")
                    || jar.startsWith("Java-WebSocket-"));
  }

  @Test
  void noFunctionCarriesTestsOrLambdasOwnRuntime() {
    for (String area : areas) {
      assertThat(others(area))
          .as(area)
          .noneMatch(
              jar ->
                  jar.startsWith("junit")
                      || jar.startsWith("assertj")
                      || jar.startsWith("aws-lambda-java-runtime-interface-client"));
    }
  }
}
