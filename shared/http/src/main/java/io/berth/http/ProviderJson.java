package io.berth.http;

import io.berth.domain.provider.ProviderCatalog;
import io.berth.domain.provider.ProviderCatalog.Entry;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Providers as Akash Console's API writes them (console-contract.md §1.12), as far as the chain
 * knows them; what only an observer of providers knows is null.
 */
public final class ProviderJson {
  private static final Pattern GPU =
      Pattern.compile("capabilities/gpu/vendor/(?<vendor>[^/]+)/model/(?<model>[^/]+)");

  /** Console's names of attributes that are one text each. */
  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("host", "host"),
          Map.entry("organization", "organization"),
          Map.entry("statusPage", "status-page"),
          Map.entry("locationRegion", "location-region"),
          Map.entry("country", "country"),
          Map.entry("city", "city"),
          Map.entry("timezone", "timezone"),
          Map.entry("locationType", "location-type"),
          Map.entry("hostingProvider", "hosting-provider"),
          Map.entry("hardwareCpu", "hardware-cpu"),
          Map.entry("hardwareCpuArch", "hardware-cpu-arch"),
          Map.entry("hardwareGpuVendor", "hardware-gpu"),
          Map.entry("hardwareMemory", "hardware-memory"),
          Map.entry("networkProvider", "network-provider"),
          Map.entry("tier", "tier"));

  private ProviderJson() {}

  /** An answer that anyone may keep as long as it is current. */
  public static ApiResponse answer(Object body) {
    return new ApiResponse(
        200,
        Optional.of(body),
        Map.of("Cache-Control", "public, max-age=" + ProviderCatalog.KEPT.toSeconds()));
  }

  /** With the history that nobody keeps here. */
  public static Map<String, Object> detailed(Entry entry) {
    Map<String, Object> json = listed(entry);
    json.put("uptime", List.of());
    return json;
  }

  /** A provider as it stands in lists. */
  public static Map<String, Object> listed(Entry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("owner", entry.profile().provider().owner());
    json.put("name", name(entry.profile().provider().hostUri()));
    json.put("hostUri", entry.profile().provider().hostUri());
    json.put("email", orNull(entry.profile().email()));
    json.put("website", orNull(entry.profile().website()));
    json.put("isAudited", entry.isAudited());
    json.put("isOnline", null);
    json.put("gpuModels", gpuModels(entry));
    json.put("attributes", entry.attributes().stream().map(ProviderJson::attribute).toList());
    TEXTS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(text -> json.put(text.getKey(), value(entry, text.getValue())));
    return json;
  }

  private static Map<String, Object> attribute(ProviderCatalog.Vouched vouched) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", vouched.attribute().key());
    json.put("value", vouched.attribute().value());
    json.put("auditedBy", vouched.auditedBy());
    return json;
  }

  private static List<Map<String, Object>> gpuModels(Entry entry) {
    return entry.attributes().stream()
        .map(vouched -> GPU.matcher(vouched.attribute().key()))
        .filter(Matcher::matches)
        .map(
            gpu ->
                Map.<String, Object>of("vendor", gpu.group("vendor"), "model", gpu.group("model")))
        .toList();
  }

  private static String value(Entry entry, String key) {
    return entry.attributes().stream()
        .filter(vouched -> vouched.attribute().key().equals(key))
        .map(vouched -> vouched.attribute().value())
        .findFirst()
        .orElse(null);
  }

  /** The gateway's host; null if the provider wrote no URI. */
  private static String name(String hostUri) {
    try {
      return URI.create(hostUri).getHost();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
