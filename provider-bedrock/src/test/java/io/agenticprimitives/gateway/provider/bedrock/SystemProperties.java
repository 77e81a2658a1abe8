package io.agenticprimitives.gateway.provider.bedrock;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// System properties of AWS's own clients for the time of a test: what the machine has.
final class SystemProperties implements AutoCloseable {
  private final Map<String, @Nullable String> before = new HashMap<>();

  /// A machine with nothing but these.
  SystemProperties() {
    set("aws.disableEc2Metadata", "true");
    set("aws.sharedCredentialsFile", "/nonexistent/credentials");
    set("aws.configFile", "/nonexistent/config");
  }

  SystemProperties set(String name, String value) {
    String old = System.setProperty(name, value);
    before.putIfAbsent(name, old);
    return this;
  }

  @Override
  public void close() {
    before.forEach(
        (name, value) -> {
          if (value == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }
}
