package io.berth.domain.deployment;

import java.util.Comparator;
import java.util.List;

/**
 * The services of a lease, by which its replicas are told apart: Kubernetes names a replica after
 * its service and adds a dash and more, and both may have dashes within (provider-gateway.md §1.6).
 */
record ServiceNames(List<String> names) {
  ServiceNames {
    names = names.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** The longest name that the replica's begins with; empty if there is none. */
  String ofPod(String pod) {
    return names.stream().filter(name -> pod.startsWith(name + "-")).findFirst().orElse("");
  }

  /** As {@link #ofPod}; a Deployment or StatefulSet has the service's very name. */
  String ofObject(String object) {
    return contains(object) ? object : ofPod(object);
  }

  boolean contains(String name) {
    return names.contains(name);
  }
}
