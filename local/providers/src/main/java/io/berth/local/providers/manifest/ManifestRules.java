package io.berth.local.providers.manifest;

import static io.berth.local.providers.manifest.ManifestRefusedException.invalid;

import io.berth.local.providers.manifest.Manifest.Expose;
import io.berth.local.providers.manifest.Manifest.Group;
import io.berth.local.providers.manifest.Manifest.Quantity;
import io.berth.local.providers.manifest.Manifest.Resources;
import io.berth.local.providers.manifest.Manifest.Service;
import io.berth.local.providers.manifest.Manifest.Volume;
import io.berth.local.providers.manifest.ManifestRefusedException.Fault;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a manifest must be by itself, whatever is on the chain (provider-gateway.md §3.2). */
final class ManifestRules {
  private static final Pattern SERVICE_NAME = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern ENV_NAME = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");
  private static final Pattern HOST_NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final int HOST_NAME_MAX = 253;

  private static final Comparator<Service> BY_NAME = Comparator.comparing(Service::name);
  private static final Comparator<Expose> BY_USE =
      Comparator.comparing(Expose::service)
          .thenComparingLong(Expose::port)
          .thenComparing(Expose::proto)
          .thenComparing(Expose::global, Comparator.reverseOrder());

  private static final BigInteger MEBIBYTE = BigInteger.TWO.pow(20);
  private static final BigInteger TEBIBYTE = BigInteger.TWO.pow(40);

  private final Set<String> hosts = new HashSet<>();
  private boolean anyGlobal;

  private ManifestRules() {}

  static void check(Manifest manifest) throws ManifestRefusedException {
    if (manifest.groups().isEmpty()) {
      throw invalid("manifest is empty");
    }
    new ManifestRules().checkGroups(manifest.groups());
  }

  private void checkGroups(List<Group> groups) throws ManifestRefusedException {
    Set<String> names = new HashSet<>();
    for (Group group : groups) {
      checkGroup(group);
      if (!names.add(group.name())) {
        throw invalid("duplicate group " + quote(group.name()));
      }
    }
    if (!anyGlobal) {
      throw invalid("zero global services");
    }
  }

  private void checkGroup(Group group) throws ManifestRefusedException {
    if (group.services() == null || group.services().isEmpty()) {
      throw invalid("group %s contains no services".formatted(quote(group.name())));
    }
    if (!isSorted(group.services(), BY_NAME)) {
      throw invalid("group %s services is not sorted".formatted(quote(group.name())));
    }
    for (Service service : group.services()) {
      checkService(service);
    }
  }

  private void checkService(Service service) throws ManifestRefusedException {
    String named = "service " + quote(service.name());
    if (service.name().isEmpty()) {
      throw invalid("service name is empty");
    }
    if (!SERVICE_NAME.matcher(service.name()).matches()) {
      throw invalid(named + " name is invalid");
    }
    if (service.image().isEmpty()) {
      throw invalid(named + " has empty image name");
    }
    checkResources(service.resources());
    for (String variable : orEmpty(service.env())) {
      String name = variable.split("=", 2)[0];
      if (!ENV_NAME.matcher(name).matches() || name.equals(".") || name.startsWith("..")) {
        throw invalid(
            "%s defines an env. var. with an invalid name %s".formatted(named, quote(name)));
      }
    }
    if (!isSorted(orEmpty(service.expose()), BY_USE)) {
      throw invalid(named + ": expose is not sorted");
    }
    for (Expose expose : orEmpty(service.expose())) {
      checkExpose(expose, named);
    }
  }

  private void checkExpose(Expose expose, String named) throws ManifestRefusedException {
    if (expose.port() == 0 || expose.port() > 65_535) {
      throw invalid(named + ": port value must be 0 < value <= 65535 ");
    }
    if (!expose.proto().equals("TCP") && !expose.proto().equals("UDP")) {
      throw invalid("%s: protocol %s unknown".formatted(named, quote(expose.proto())));
    }
    anyGlobal |= expose.global();
    for (String host : orEmpty(expose.hosts())) {
      if (host.length() > HOST_NAME_MAX || !HOST_NAME.matcher(host).matches()) {
        throw invalid("%s: has invalid hostname %s".formatted(named, quote(host)));
      }
      if (!hosts.add(host)) {
        throw invalid(
            "%s: hostname %s is duplicated, this is not allowed".formatted(named, quote(host)));
      }
    }
  }

  private static void checkResources(Resources resources) throws ManifestRefusedException {
    if (resources.id() == 0) {
      throw new ManifestRefusedException(
          Fault.RESOURCES, "error: invalid resources ID (> 0 fails)");
    }
    checkAmount("CPU", resources.cpu(), BigInteger.TEN, BigInteger.valueOf(384_000));
    checkAmount("GPU", resources.gpu(), BigInteger.ZERO, BigInteger.valueOf(24));
    checkAmount("memory", resources.memory(), MEBIBYTE, TEBIBYTE.shiftLeft(1));
    for (Volume volume : orEmpty(resources.storage())) {
      checkRange(
          "storage",
          volume.size(),
          MEBIBYTE.multiply(BigInteger.valueOf(5)),
          TEBIBYTE.shiftLeft(5));
    }
  }

  private static void checkAmount(String what, Quantity quantity, BigInteger min, BigInteger max)
      throws ManifestRefusedException {
    if (quantity == null) {
      throw new ManifestRefusedException(
          Fault.RESOURCES, "error: invalid unit %s, cannot be nil".formatted(what));
    }
    checkRange(what, quantity.value(), min, max);
  }

  private static void checkRange(String what, BigInteger value, BigInteger min, BigInteger max)
      throws ManifestRefusedException {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new ManifestRefusedException(
          Fault.RESOURCES,
          "error: invalid unit %s (%s > %s > %s fails)".formatted(what, max, value, min));
    }
  }

  static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : list;
  }

  /** Text in quotes, as Go's %q writes it. */
  static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static <T> boolean isSorted(List<T> list, Comparator<T> order) {
    for (int i = 1; i < list.size(); i++) {
      if (order.compare(list.get(i - 1), list.get(i)) > 0) {
        return false;
      }
    }
    return true;
  }
}
