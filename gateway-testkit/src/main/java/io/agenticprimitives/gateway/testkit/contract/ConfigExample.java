package io.agenticprimitives.gateway.testkit.contract;

import java.util.List;

/// What an operator may write into the block `config:` of a backend, and what must come of it.
///
/// In the text `${UPSTREAM}` is the address of a server that accepts connections and never answers.
///
/// @param yaml the content of the block
/// @param works whether a backend can be opened with it
/// @param told what the message must have in it, if not
public record ConfigExample(String yaml, boolean works, List<String> told) {
  public ConfigExample {
    told = List.copyOf(told);
  }

  /// A configuration that works; empty text for one of defaults alone.
  public static ConfigExample works(String yaml) {
    return new ConfigExample(yaml, true, List.of());
  }

  /// A configuration that must be refused.
  ///
  /// @param told all that the operator must be able to read: the key, and what to write instead
  public static ConfigExample refused(String yaml, String... told) {
    return new ConfigExample(yaml, false, List.of(told));
  }

  /// The text in one line.
  @Override
  public String toString() {
    return (works ? "works: " : "is refused: ") + yaml.strip().replaceAll("\\s*\\R\\s*", ", ");
  }
}
