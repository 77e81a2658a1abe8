package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import java.util.List;
import java.util.Optional;

/// Binds a block of the configuration to a record, by the rules that
/// [Provider#configType()][io.agenticprimitives.gateway.api.Provider#configType()] states. The
/// record may come from another class loader; nothing of it is kept.
public final class RecordBinder {
  private RecordBinder() {}

  /// Binds a block.
  ///
  /// Everything that is wrong is added to the problems: unknown and missing keys, values of the
  /// wrong type, what the record's own constructor refuses, and, as a kind of its own
  /// ([Problems#unsetVariables()]), references to environment variables that are not set.
  ///
  /// @param path the path of the block, `providers.llm.backends.openai.config` for instance
  /// @return the record; empty if problems were added
  public static <C extends Record> Optional<C> bind(
      Mapping node, Class<C> type, String path, Problems problems) {
    return new Binding(problems).bind(node, type, path);
  }

  /// The keys that a record takes, in order, those of nested records after the block they are in.
  ///
  /// @throws UnfitRecordException if the record cannot be looked at
  public static List<KeyDescription> describe(Class<? extends Record> type) {
    return RecordDescription.of(type);
  }
}
