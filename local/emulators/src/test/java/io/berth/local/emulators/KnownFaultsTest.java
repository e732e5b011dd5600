package io.berth.local.emulators;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** No test is left out on an emulator without a row in the README that says why. */
@Tag("only-stand-ins")
class KnownFaultsTest {
  private static final Pattern TAG = Pattern.compile("`(not-[a-z-]+)`");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test(?:\\.\\w+)?)`");
  private static final Pattern EXCLUDED = Pattern.compile("<excludedGroups>(not-[a-z-]+)");

  /** A tag, and a test class or method that has it. */
  private record Exclusion(String tag, String test) {}

  @Test
  void theReadmeNamesTheTestsOfEveryTagAndNoOther() throws IOException {
    assertThat(byTag(inReadme())).isEqualTo(byTag(inTests()));
  }

  @Test
  void everyTagLeavesOutTestsOfOneEmulator() throws IOException {
    Set<String> excluded =
        EXCLUDED
            .matcher(Files.readString(Path.of("pom.xml")))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toSet());

    assertThat(excluded).isEqualTo(byTag(inTests()).keySet());
  }

  private static Map<String, Set<String>> byTag(Stream<Exclusion> exclusions) {
    return exclusions.collect(
        groupingBy(
            Exclusion::tag,
            TreeMap::new,
            mapping(Exclusion::test, toCollection(TreeSet<String>::new))));
  }

  private static Stream<Exclusion> inReadme() throws IOException {
    return Files.readAllLines(Path.of("README.md")).stream()
        .filter(line -> line.startsWith("|"))
        .flatMap(
            row ->
                names(TAG, row)
                    .flatMap(tag -> names(TEST, row).map(test -> new Exclusion(tag, test))));
  }

  private static Stream<String> names(Pattern pattern, String row) {
    return pattern.matcher(row).results().map((MatchResult found) -> found.group(1));
  }

  /** Found as JUnit finds them; nothing runs. */
  private static Stream<Exclusion> inTests() {
    LauncherConfig config =
        LauncherConfig.builder().enableLauncherSessionListenerAutoRegistration(false).build();
    TestPlan plan =
        LauncherFactory.create(config)
            .discover(
                LauncherDiscoveryRequestBuilder.request()
                    .selectors(
                        selectPackage("io.berth.store"), selectPackage("io.berth.local.emulators"))
                    .build());
    return plan.getRoots().stream()
        .flatMap(root -> plan.getDescendants(root).stream())
        .flatMap(test -> exclusions(plan, test));
  }

  private static Stream<Exclusion> exclusions(TestPlan plan, TestIdentifier test) {
    Set<TestTag> own = new HashSet<>(test.getTags());
    plan.getParent(test).ifPresent(parent -> own.removeAll(parent.getTags()));
    return own.stream()
        .map(TestTag::getName)
        .filter(tag -> tag.startsWith("not-"))
        .map(tag -> new Exclusion(tag, name(test.getSource().orElseThrow())));
  }

  private static String name(TestSource source) {
    return switch (source) {
      case MethodSource method -> simple(method.getClassName()) + "." + method.getMethodName();
      case ClassSource type -> simple(type.getClassName());
      default -> throw new IllegalStateException("a tag on " + source);
    };
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }
}
