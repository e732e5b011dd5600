package io.berth.sdl.layout;

import io.berth.sdl.model.Document;
import io.berth.sdl.model.Expose;
import io.berth.sdl.model.Service;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Flattens expose entries and numbers leased addresses (chain-protocol.md §4.6). */
final class Exposures {
  private final Rules rules;
  private final Comparator<Exposure> order;
  private final Map<String, Integer> numbers;

  Exposures(Rules rules, Document document) {
    this.rules = rules;
    this.order =
        Comparator.comparing(Exposure::service, rules.textOrder())
            .thenComparingInt(Exposure::port)
            .thenComparing(Exposure::protocol)
            .thenComparing(Comparator.comparing(Exposure::global).reversed());
    this.numbers = numbers(rules, document);
  }

  /** Every use of a name counts, and the last one's position is the name's number. */
  private static Map<String, Integer> numbers(Rules rules, Document document) {
    List<String> names = new ArrayList<>();
    for (Service service : document.services().values()) {
      if (document.deployment().containsKey(service.name())) {
        for (Expose expose : service.expose()) {
          expose.to().stream()
              .filter(rules::isNumbered)
              .forEach(to -> names.add(rules.numberedName(to)));
        }
      }
    }
    Collections.sort(names);
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      numbers.put(names.get(i), i + 1);
    }
    return numbers;
  }

  /** As written, one for each entry and target. */
  List<Exposure> inDocumentOrder(Service service) {
    List<Exposure> exposures = new ArrayList<>();
    for (Expose expose : service.expose()) {
      if (expose.to().isEmpty() && rules.keepsUntargeted()) {
        exposures.add(exposure(expose, new Expose.To("", false, "")));
      }
      expose.to().forEach(to -> exposures.add(exposure(expose, to)));
    }
    return exposures;
  }

  /** As the manifest lists them: by service, port, protocol, the global one first. */
  List<Exposure> sorted(Service service) {
    List<Exposure> exposures = inDocumentOrder(service);
    exposures.sort(order);
    return exposures;
  }

  private Exposure exposure(Expose expose, Expose.To to) {
    return new Exposure(
        expose.port(),
        expose.as(),
        expose.protocol(),
        to.service(),
        to.global(),
        expose.accept(),
        expose.http(),
        to.ip(),
        to.ip().isEmpty() ? 0 : numbers.getOrDefault(to.ip(), 0));
  }
}
