package io.agenticprimitives.gateway.server.request;

import java.util.ArrayList;
import java.util.List;

/// A place in the body of a request.
///
/// @param steps names of fields and indexes, from `body` on
record Location(List<Object> steps) {
  static final Location BODY = new Location(List.of("body"));

  Location {
    steps = List.copyOf(steps);
  }

  Location field(String name) {
    return child(name);
  }

  Location item(int index) {
    return child(index);
  }

  private Location child(Object step) {
    List<Object> longer = new ArrayList<>(steps);
    longer.add(step);
    return new Location(longer);
  }
}
