package io.agenticprimitives.gateway.core.config;

import java.util.Optional;

/// A key of a configuration record, for operators.
///
/// @param key the key; with dots if it stands in a nested block (`retry.max_attempts`), with `[]`
///   or `.<name>` for the items of a list or map of blocks
/// @param type in words: `text`, `integer`, `number`, `boolean`, `duration`, `URL`, `path`,
///   `secret`, the words of a choice (`lenient|strict`), `list of ...`, `map of ...`, `block`
/// @param defaultValue the value if the key is absent, as in YAML
/// @param doc a sentence about the key; may be empty
/// @param required whether the key must be given
/// @param secret whether its value is never shown
public record KeyDescription(
    String key,
    String type,
    Optional<String> defaultValue,
    String doc,
    boolean required,
    boolean secret) {}
