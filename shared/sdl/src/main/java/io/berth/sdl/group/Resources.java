package io.berth.sdl.group;

import java.util.List;

/**
 * What one replica gets.
 *
 * @param id number of the resource unit within its group, from 1
 */
public record Resources(
    int id, Cpu cpu, Memory memory, List<Storage> storage, Gpu gpu, List<Endpoint> endpoints) {
  public Resources {
    storage = List.copyOf(storage);
    endpoints = List.copyOf(endpoints);
  }
}
