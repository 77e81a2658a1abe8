package io.agenticprimitives.gateway.api;

/// Makes backends of one kind from configuration. This is what a plugin contributes.
///
/// Implement one of its subinterfaces
/// ([LlmProvider][io.agenticprimitives.gateway.api.llm.LlmProvider]), in a public class with a
/// public constructor without arguments, and name the class in
/// `META-INF/services/io.agenticprimitives.gateway.api.Provider`. Operators then write that class
/// name, or one of its [aliases][Alias], in the gateway's configuration.
///
/// A provider is stateless: all that lives belongs to the [Backend] that it opens. It may be asked
/// from several threads at once.
///
/// @param <C> the configuration record; the gateway fills it from YAML, see [#configType()]
/// @param <B> the kind of backend
public interface Provider<C extends Record, B extends Backend> {

  /// The record that the `config:` block of a backend is bound to.
  ///
  /// One key for each component, in `snake_case` (`baseUrl` is `base_url`). A component that is
  /// neither an `Optional`, nor a list or map, nor has a
  /// [Default][io.agenticprimitives.gateway.api.config.Default] must be given. Component types:
  /// `String`, `int`, `long`, `double`, `boolean`, enums (written in lower case), `Duration`
  /// (`500ms`, `5s`, `2m`), `URI`, `Path`,
  /// [Secret][io.agenticprimitives.gateway.api.config.Secret], nested records, and `Optional`,
  /// `List` and `Map` (with `String` keys) of these.
  ///
  /// An `IllegalArgumentException` from the record's constructor is reported to the operator with
  /// the path of the block; its message should say which key is wrong and what to write instead.
  Class<C> configType();

  /// Opens a live backend. It must not wait for the upstream: a backend whose upstream is down is
  /// opened all the same, and its calls fail.
  ///
  /// @throws IllegalArgumentException if the configuration cannot work; the message is shown to the
  ///   operator
  B open(C config, BackendContext context);
}
