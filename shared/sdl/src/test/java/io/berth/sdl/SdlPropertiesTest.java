package io.berth.sdl;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.sdl.group.Resources;
import io.berth.sdl.yaml.Yaml;
import io.berth.sdl.yaml.YamlResult;
import io.berth.sdl.yaml.YamlValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What holds for every document. */
class SdlPropertiesTest {
  @Provide
  Arbitrary<String> validInputs() {
    return Arbitraries.of(
        Mutations.inputs().stream()
            .filter(text -> plan(text, Layout.GO) instanceof SdlResult.Valid)
            .toList());
  }

  @Provide
  Arbitrary<String> inputs() {
    return Arbitraries.of(Mutations.inputs());
  }

  @Property(tries = 300)
  void printedAndReadAgainADocumentHasTheSamePlan(@ForAll("validInputs") String text) {
    String printed = printed(read(text), entries -> {});

    for (Layout layout : Layout.values()) {
      assertThat(planOrNothing(printed, layout)).isEqualTo(planOrNothing(text, layout));
    }
  }

  @Property(tries = 300)
  void theOrderOfKeysNeverChangesThePlan(@ForAll("validInputs") String text, @ForAll long seed) {
    Random random = new Random(seed);
    String shuffled = printed(read(text), entries -> Collections.shuffle(entries, random));

    for (Layout layout : Layout.values()) {
      assertThat(planOrNothing(shuffled, layout)).isEqualTo(planOrNothing(text, layout));
    }
  }

  @Property(tries = 300)
  void thousandthsOfACoreAreExactInEveryNotation(
      @ForAll @IntRange(min = 10, max = 384_000) int milli) {
    String cores = BigDecimal.valueOf(milli, 3).toPlainString();

    for (String units : List.of(milli + "m", cores, "\"" + cores + "\"")) {
      assertThat(resources(units, "1Gi", "1Gi").cpu().milliUnits()).isEqualTo(milli);
    }
  }

  @Property(tries = 300)
  void sizesAreExactInEveryUnit(
      @ForAll("suffixes") Map.Entry<String, BigInteger> suffix,
      @ForAll @LongRange(min = 1, max = 999) long n) {
    BigInteger bytes = suffix.getValue().multiply(BigInteger.valueOf(n));
    boolean inMemory = within(bytes, 1L << 20, 1L << 41);
    boolean inStorage = within(bytes, 5L << 20, 1L << 45);
    String size = n + suffix.getKey();

    Resources resources = resources("1", inMemory ? size : "1Gi", inStorage ? size : "1Gi");

    BigInteger gibibyte = BigInteger.ONE.shiftLeft(30);
    assertThat(resources.memory().bytes()).isEqualTo(inMemory ? bytes : gibibyte);
    assertThat(resources.storage().getFirst().bytes()).isEqualTo(inStorage ? bytes : gibibyte);
  }

  @Provide
  Arbitrary<Map.Entry<String, BigInteger>> suffixes() {
    return Arbitraries.of(
        Map.entry("k", BigInteger.TEN.pow(3)),
        Map.entry("M", BigInteger.TEN.pow(6)),
        Map.entry("G", BigInteger.TEN.pow(9)),
        Map.entry("T", BigInteger.TEN.pow(12)),
        Map.entry("Ki", BigInteger.ONE.shiftLeft(10)),
        Map.entry("Mi", BigInteger.ONE.shiftLeft(20)),
        Map.entry("Gi", BigInteger.ONE.shiftLeft(30)),
        Map.entry("Ti", BigInteger.ONE.shiftLeft(40)));
  }

  private static boolean within(BigInteger value, long least, long most) {
    return value.compareTo(BigInteger.valueOf(least)) >= 0
        && value.compareTo(BigInteger.valueOf(most)) <= 0;
  }

  @Property(tries = 3_000)
  void anyMutationOfADocumentGetsAnAnswer(@ForAll("inputs") String text, @ForAll long seed) {
    String mutated = Mutations.mutated(text, new Random(seed));

    for (Layout layout : Layout.values()) {
      switch (plan(mutated, layout)) {
        case SdlResult.Valid valid -> assertThat(valid.plan().hash()).hasSize(64);
        case SdlResult.Invalid invalid ->
            assertThat(invalid.problems())
                .isNotEmpty()
                .allMatch(problem -> problem.line() > 0 && problem.column() > 0);
      }
    }
  }

  private static Resources resources(String cpu, String memory, String storage) {
    String text =
        """
        version: "2.0"
        services: {web: {image: nginx, expose: [{port: 80, to: [{global: true}]}]}}
        profiles:
          compute:
            web: {resources: {cpu: {units: %s}, memory: {size: %s}, storage: {size: %s}}}
          placement: {akash: {pricing: {web: {denom: uact, amount: 1}}}}
        deployment: {web: {akash: {profile: web, count: 1}}}
        """
            .formatted(cpu, memory, storage);
    return ((SdlResult.Valid) plan(text, Layout.GO))
        .plan()
        .groups()
        .getFirst()
        .resources()
        .getFirst()
        .resources();
  }

  private static SdlResult plan(String text, Layout layout) {
    return Sdl.plan(text, SdlOptions.asWritten(layout));
  }

  /** The plan; for an invalid document nothing, since its problems' places change. */
  private static List<DeploymentPlan> planOrNothing(String text, Layout layout) {
    return plan(text, layout) instanceof SdlResult.Valid valid ? List.of(valid.plan()) : List.of();
  }

  private static YamlValue read(String text) {
    return ((YamlResult.Read) Yaml.read(text, Yaml.Places.KEPT)).value();
  }

  private interface Order {
    void apply(List<Map.Entry<String, YamlValue.Entry>> entries);
  }

  /** As YAML in flow style. */
  private static String printed(YamlValue value, Order order) {
    return switch (value) {
      case YamlValue.Text text -> quoted(text.text());
      case YamlValue.Numeric number -> number.source();
      case YamlValue.Bool bool -> Boolean.toString(bool.value());
      case YamlValue.Null none -> "null";
      case YamlValue.Other other -> other.source();
      case YamlValue.Sequence sequence ->
          sequence.items().stream()
              .map(item -> printed(item, order))
              .collect(Collectors.joining(",\n", "[", "]"));
      case YamlValue.Mapping mapping -> {
        List<Map.Entry<String, YamlValue.Entry>> entries =
            new ArrayList<>(mapping.entries().entrySet());
        order.apply(entries);
        yield entries.stream()
            .map(entry -> quoted(entry.getKey()) + ": " + printed(entry.getValue().value(), order))
            .collect(Collectors.joining(",\n", "{", "}"));
      }
    };
  }

  /** In double quotes, with escapes for all but printable ASCII. */
  private static String quoted(String text) {
    return text.codePoints()
        .mapToObj(
            c ->
                c < ' ' || c > '~' || c == '"' || c == '\\'
                    ? "\\U%08x".formatted(c)
                    : Character.toString(c))
        .collect(Collectors.joining("", "\"", "\""));
  }
}
