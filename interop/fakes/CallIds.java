package interop.fakes;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// The ids of the calls that this fake has made: only those may come back.
final class CallIds {
  private final String prefix;
  private final Set<String> issued = ConcurrentHashMap.newKeySet();

  CallIds(String prefix) {
    this.prefix = prefix;
  }

  String next() {
    String id = prefix + UUID.randomUUID().toString().replace("-", "").substring(0, 22);
    issued.add(id);
    return id;
  }

  void require(String id, String path) {
    Refused.unless(issued.contains(id), path + " is not an id of a call that was made: " + id);
  }
}
