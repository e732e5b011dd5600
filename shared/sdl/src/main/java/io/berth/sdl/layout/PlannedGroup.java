package io.berth.sdl.layout;

import io.berth.sdl.group.GroupSpec;
import io.berth.sdl.group.Resources;
import io.berth.sdl.model.Service;
import java.util.List;

/** A group with the services that run in it. */
public record PlannedGroup(GroupSpec spec, List<PlannedService> services) {
  public PlannedGroup {
    services = List.copyOf(services);
  }

  List<String> serviceNames() {
    return services.stream().map(planned -> planned.service().name()).toList();
  }

  /**
   * A service in a group.
   *
   * @param resources of one replica, with this service's own endpoints
   */
  public record PlannedService(Service service, Resources resources, int count) {}
}
