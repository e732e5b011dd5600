package io.berth.sdl.read;

import io.berth.sdl.group.Attribute;
import io.berth.sdl.group.Price;
import io.berth.sdl.group.SignedBy;
import io.berth.sdl.model.Compute;
import io.berth.sdl.model.Compute.Gpu;
import io.berth.sdl.model.Compute.GpuModel;
import io.berth.sdl.model.Compute.Volume;
import io.berth.sdl.model.Placement;
import io.berth.sdl.yaml.YamlValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads compute profiles and placements (chain-protocol.md §4.4, §4.5). */
final class ProfileReader {
  private static final Set<String> PROFILE = Set.of("resources");
  private static final Set<String> RESOURCES = Set.of("cpu", "memory", "gpu", "storage");
  private static final Set<String> UNITS_AND_ATTRIBUTES = Set.of("units", "attributes");
  private static final Set<String> MEMORY = Set.of("size");
  private static final Set<String> VOLUME = Set.of("name", "size", "attributes");
  private static final Set<String> VOLUME_ATTRIBUTES = Set.of("persistent", "class");
  private static final Set<String> GPU_MODEL = Set.of("model", "ram", "interface");
  private static final Set<String> PLACEMENT = Set.of("attributes", "signedBy", "pricing");
  private static final Set<String> SIGNED_BY = Set.of("anyOf", "allOf");
  private static final Set<String> PRICE = Set.of("denom", "amount");
  private static final BigInteger MIN_CPU = BigInteger.TEN;
  private static final BigInteger MAX_CPU = BigInteger.valueOf(384_000);
  private static final BigDecimal MEBI = BigDecimal.valueOf(1L << 20);
  private static final BigDecimal TEBI = BigDecimal.valueOf(1L << 40);
  private static final BigDecimal MIN_STORAGE = MEBI.multiply(BigDecimal.valueOf(5));
  private static final BigDecimal MAX_STORAGE = TEBI.multiply(BigDecimal.valueOf(32));
  private static final BigDecimal MAX_MEMORY = TEBI.multiply(BigDecimal.TWO);
  private static final BigInteger MAX_GPU = BigInteger.valueOf(24);
  private static final BigDecimal MAX_PRICE = BigDecimal.valueOf(10_000_000);
  private static final int PRICE_DECIMALS = 18;
  private static final int LONGEST_AMOUNT = 64;
  private static final Pattern ATTRIBUTE_KEY = Pattern.compile("[a-zA-Z][\\w/.\\-]{1,126}[\\w*]?");
  private static final Pattern UNITS = Pattern.compile("^[0-9]+(\\.[0-9]+)?[a-zA-Z]*$");
  private static final Pattern AMOUNT = Pattern.compile("^[0-9]+(\\.[0-9]+)?$");
  private static final List<String> DENOMS = List.of("uakt", "uact");
  private static final List<String> CLASSES = List.of("default", "beta1", "beta2", "beta3", "ram");

  private final Optional<String> denom;
  private final List<String> auditors;
  private final boolean console;

  /**
   * @param denom replaces every price's denomination
   * @param auditors added to every placement's signedBy.anyOf
   * @param console whether sizes are read as Console reads them
   */
  ProfileReader(Optional<String> denom, List<String> auditors, boolean console) {
    this.denom = denom;
    this.auditors = auditors;
    this.console = console;
  }

  // ------------------------------------------------------------------ compute

  Compute compute(Field field) {
    Map<String, Field> profile = field.entries(PROFILE);
    field.require(profile, "resources");
    Optional<Field> resources = Optional.ofNullable(profile.get("resources"));
    Map<String, Field> fields = resources.map(found -> found.entries(RESOURCES)).orElse(Map.of());
    resources.ifPresent(found -> found.require(fields, "cpu", "memory", "storage"));
    Cpu cpu = fields.containsKey("cpu") ? cpu(fields.get("cpu")) : new Cpu(MIN_CPU, List.of());
    return new Compute(
        cpu.milli(),
        cpu.attributes(),
        fields.containsKey("memory") ? memory(fields.get("memory")) : MEBI,
        fields.containsKey("storage") ? storage(fields.get("storage")) : List.of(),
        fields.containsKey("gpu")
            ? gpu(fields.get("gpu"))
            : new Gpu(BigInteger.ZERO, Optional.empty()));
  }

  private record Cpu(BigInteger milli, List<Attribute> attributes) {}

  private Cpu cpu(Field field) {
    Map<String, Field> fields = field.entries(UNITS_AND_ATTRIBUTES);
    field.require(fields, "units");
    return new Cpu(
        fields.containsKey("units") ? cpuUnits(fields.get("units")) : MIN_CPU,
        fields.containsKey("attributes") ? cpuAttributes(fields.get("attributes")) : List.of());
  }

  private BigInteger cpuUnits(Field field) {
    String text;
    switch (field.value()) {
      case YamlValue.Numeric number when number.value().signum() <= 0 -> {
        field.reject("cpu-range", "must be greater than 0.");
        return MIN_CPU;
      }
      case YamlValue.Numeric number -> text = number.value().toPlainString();
      case YamlValue.Text written when UNITS.matcher(written.text()).matches() ->
          text = written.text();
      case YamlValue.Text written -> {
        field.text(UNITS);
        return MIN_CPU;
      }
      default -> {
        field.reject("type", "should be number.");
        return MIN_CPU;
      }
    }
    Optional<BigInteger> milli = Quantities.milliCpu(text);
    if (milli.isEmpty()) {
      field.reject(
          "cpu", "must be a number of cores in whole thousandths, or thousandths with suffix m.");
      return MIN_CPU;
    }
    if (milli.get().compareTo(MIN_CPU) < 0 || milli.get().compareTo(MAX_CPU) > 0) {
      field.reject("cpu-range", "must be from 10m to 384000m.");
      return MIN_CPU;
    }
    return milli.get();
  }

  private List<Attribute> cpuAttributes(Field field) {
    List<Attribute> attributes = new ArrayList<>();
    Map<String, Field> fields = console ? field.entries() : field.entries(Set.of("arch"));
    fields.forEach(
        (key, value) ->
            attributes.add(new Attribute(key, console ? attributeText(value) : value.text())));
    return attributes;
  }

  private BigDecimal memory(Field field) {
    Map<String, Field> fields = field.entries(MEMORY);
    field.require(fields, "size");
    return fields.containsKey("size")
        ? size(fields.get("size"), MEBI, MAX_MEMORY, "1Mi to 2Ti")
        : MEBI;
  }

  private BigDecimal size(Field field, BigDecimal least, BigDecimal most, String range) {
    String text = field.text();
    if (!field.value().type().equals("string")) {
      return least;
    }
    Optional<BigDecimal> bytes = Quantities.bytes(text, console);
    if (bytes.isEmpty()) {
      field.report("size", "Invalid size string: " + text);
      return least;
    }
    if (!console && (bytes.get().compareTo(least) < 0 || bytes.get().compareTo(most) > 0)) {
      field.reject("size-range", "must be from " + range + ".");
    }
    return bytes.get();
  }

  // ------------------------------------------------------------------ storage

  private List<Volume> storage(Field field) {
    if (field.value() instanceof YamlValue.Mapping) {
      Volume only = volume(field);
      String name = console ? only.name() : "default";
      return List.of(new Volume(name, only.bytes(), only.persistent(), only.storageClass()));
    }
    List<Volume> volumes = new ArrayList<>();
    for (Field item : field.items()) {
      Volume volume = volume(item);
      if (volumes.stream().anyMatch(other -> other.name().equals(volume.name()))) {
        item.report(
            "volume-name",
            volume.name().equals("default")
                ? "Multiple root ephemeral storages are not allowed."
                : "Volume \"" + volume.name() + "\" is declared twice.");
      }
      volumes.add(volume);
    }
    if (volumes.isEmpty()) {
      field.reject("min-items", "must have at least 1 items.");
    }
    return volumes;
  }

  private Volume volume(Field field) {
    Map<String, Field> fields = field.entries(VOLUME);
    field.require(fields, "size");
    BigDecimal bytes =
        fields.containsKey("size")
            ? size(fields.get("size"), MIN_STORAGE, MAX_STORAGE, "5Mi to 32Ti")
            : MIN_STORAGE;
    String name = fields.containsKey("name") ? fields.get("name").text(1) : "default";
    return fields.containsKey("attributes")
        ? volumeWith(name, bytes, field, fields.get("attributes"))
        : new Volume(name, bytes, Optional.empty(), Optional.empty());
  }

  private Volume volumeWith(String name, BigDecimal bytes, Field volume, Field attributes) {
    Map<String, Field> fields = attributes.entries(VOLUME_ATTRIBUTES);
    attributes.require(fields, "persistent", "class");
    boolean persistent = fields.containsKey("persistent") && persistent(fields.get("persistent"));
    Optional<String> storageClass =
        Optional.ofNullable(fields.get("class")).map(found -> found.oneOf(CLASSES));
    boolean ram = storageClass.equals(Optional.of("ram"));
    if (ram && persistent) {
      volume.report(
          "ram-persistent", "\"ram\" storage at \"" + volume.pointer() + "\" cannot be persistent");
    }
    if (storageClass.isPresent() && !ram && fields.containsKey("persistent") && !persistent) {
      fields.get("persistent").reject("persistent", "must be true.");
    }
    return new Volume(
        name, bytes, Optional.of(persistent), Optional.of(storageClass.orElse("default")));
  }

  private static boolean persistent(Field field) {
    return switch (field.value()) {
      case YamlValue.Bool bool -> bool.value();
      case YamlValue.Text text
          when Set.of("true", "on", "yes").contains(text.text().toLowerCase(Locale.ROOT)) ->
          true;
      case YamlValue.Text text
          when Set.of("false", "off", "no").contains(text.text().toLowerCase(Locale.ROOT)) ->
          false;
      default -> {
        field.reject("type", "should be boolean.");
        yield false;
      }
    };
  }

  // ------------------------------------------------------------------ gpu

  private Gpu gpu(Field field) {
    Map<String, Field> fields = field.entries(UNITS_AND_ATTRIBUTES);
    BigInteger units =
        fields.containsKey("units") ? gpuUnits(fields.get("units")) : BigInteger.ZERO;
    boolean wanted = units.signum() > 0;
    if (wanted) {
      field.require(fields, "attributes");
    }
    if (!wanted && fields.containsKey("attributes")) {
      fields.getOrDefault("units", field).reject("gpu-units", "must be greater than 0.");
    }
    return new Gpu(
        units, Optional.ofNullable(fields.get("attributes")).flatMap(ProfileReader::gpuModels));
  }

  private static BigInteger gpuUnits(Field field) {
    Optional<BigInteger> units =
        switch (field.value()) {
          case YamlValue.Numeric number -> Quantities.whole(number.value());
          case YamlValue.Text text when text.text().matches("[0-9]{1,9}") ->
              Optional.of(new BigInteger(text.text()));
          default -> Optional.empty();
        };
    if (units.isEmpty() || units.get().signum() < 0 || units.get().compareTo(MAX_GPU) > 0) {
      field.reject("gpu-units", "must be a whole number from 0 to 24.");
      return BigInteger.ZERO;
    }
    return units.get();
  }

  private static Optional<List<GpuModel>> gpuModels(Field field) {
    Map<String, Field> fields = field.entries(Set.of("vendor"));
    if (!fields.containsKey("vendor")) {
      field.report("gpu-vendor", "GPU must specify a vendor if units is not 0.");
      return Optional.empty();
    }
    Map<String, Field> vendors = fields.get("vendor").entries(Set.of("nvidia"));
    fields.get("vendor").require(vendors, "nvidia");
    return Optional.ofNullable(vendors.get("nvidia"))
        .flatMap(Field::itemsOrNull)
        .map(models -> models.stream().map(ProfileReader::gpuModel).toList());
  }

  private static GpuModel gpuModel(Field field) {
    Map<String, Field> fields = field.entries(GPU_MODEL);
    field.require(fields, "model");
    Optional<Field> ram = Optional.ofNullable(fields.get("ram"));
    return new GpuModel(
        fields.containsKey("model") ? fields.get("model").text(1) : "",
        ram.map(Field::text),
        ram.flatMap(ProfileReader::gibibytes),
        Optional.ofNullable(fields.get("interface"))
            .map(found -> found.oneOf(List.of("pcie", "sxm"))));
  }

  private static Optional<BigInteger> gibibytes(Field field) {
    String text = ((field.value() instanceof YamlValue.Text written) ? written.text() : "");
    Optional<BigDecimal> bytes =
        text.endsWith("i") ? Quantities.bytes(text, false) : Optional.empty();
    if (bytes.isEmpty()) {
      field.reject("gpu-ram", "must be a size with one of the suffixes Ki, Mi, Gi, Ti, Pi, Ei.");
    }
    return bytes.map(value -> value.toBigInteger().shiftRight(30));
  }

  // ------------------------------------------------------------------ placement

  Placement placement(Field field) {
    Map<String, Field> fields = field.entries(PLACEMENT);
    field.require(fields, "pricing");
    Map<String, Price> pricing = new HashMap<>();
    if (fields.containsKey("pricing")) {
      fields.get("pricing").entries().forEach((name, price) -> pricing.put(name, price(price)));
    }
    return new Placement(
        fields.containsKey("attributes") ? attributes(fields.get("attributes")) : List.of(),
        signedBy(Optional.ofNullable(fields.get("signedBy"))),
        pricing);
  }

  private List<Attribute> attributes(Field field) {
    List<Attribute> attributes = new ArrayList<>();
    field
        .entries()
        .forEach(
            (key, value) -> {
              if (!ATTRIBUTE_KEY.matcher(key).matches()) {
                value.report("attribute-key", "\"" + key + "\" is not an attribute's name.");
              }
              attributes.add(new Attribute(key, attributeText(value)));
            });
    return attributes;
  }

  /** Attribute values are text on the chain, however they are written. */
  private String attributeText(Field field) {
    return switch (field.value()) {
      case YamlValue.Text text -> text.text();
      case YamlValue.Numeric number ->
          console ? EcmaNumber.text(number.value().doubleValue()) : number.source();
      case YamlValue.Bool bool -> Boolean.toString(bool.value());
      case YamlValue.Null none -> "null";
      case YamlValue.Other other -> other.source();
      case YamlValue.Sequence sequence -> field.text();
      case YamlValue.Mapping mapping -> field.text();
    };
  }

  private SignedBy signedBy(Optional<Field> field) {
    Map<String, Field> fields = field.map(found -> found.entries(SIGNED_BY)).orElse(Map.of());
    List<String> anyOf =
        new ArrayList<>(fields.containsKey("anyOf") ? fields.get("anyOf").texts() : List.of());
    auditors.stream().filter(auditor -> !anyOf.contains(auditor)).forEach(anyOf::add);
    return new SignedBy(
        fields.containsKey("allOf") ? fields.get("allOf").texts() : List.of(), anyOf);
  }

  private Price price(Field field) {
    Map<String, Field> fields = field.entries(PRICE);
    field.require(fields, "amount");
    if (denom.isEmpty()) {
      field.require(fields, "denom");
    }
    String coin =
        denom.orElseGet(
            () -> fields.containsKey("denom") ? fields.get("denom").oneOf(DENOMS) : "uact");
    return new Price(
        coin, fields.containsKey("amount") ? amount(fields.get("amount")) : BigDecimal.ONE);
  }

  private BigDecimal amount(Field field) {
    BigDecimal amount =
        switch (field.value()) {
          case YamlValue.Numeric number -> number.value();
          case YamlValue.Text text -> {
            String checked = field.text(AMOUNT);
            if (checked.length() > LONGEST_AMOUNT) {
              field.reject("price", "must have at most " + LONGEST_AMOUNT + " characters.");
              yield BigDecimal.ONE;
            }
            yield AMOUNT.matcher(checked).matches() ? new BigDecimal(checked) : BigDecimal.ONE;
          }
          default -> {
            field.reject("type", "should be number.");
            yield BigDecimal.ONE;
          }
        };
    if (amount.signum() < 0) {
      field.reject("price", "must be at least 0.");
      return BigDecimal.ONE;
    }
    if (amount.signum() == 0 && !console) {
      field.reject("price", "must be greater than 0.");
      return BigDecimal.ONE;
    }
    if (amount.compareTo(MAX_PRICE) > 0) {
      field.reject("price", "must be at most 10000000.");
      return BigDecimal.ONE;
    }
    if (amount.stripTrailingZeros().scale() > PRICE_DECIMALS) {
      field.reject("price", "must have at most 18 decimals.");
      return BigDecimal.ONE;
    }
    return normal(amount);
  }

  /** Without trailing zeros and never in powers of ten, as amounts are read back from the chain. */
  private static BigDecimal normal(BigDecimal amount) {
    BigDecimal stripped = amount.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
