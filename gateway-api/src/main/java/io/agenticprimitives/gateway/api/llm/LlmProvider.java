package io.agenticprimitives.gateway.api.llm;

import io.agenticprimitives.gateway.api.Provider;

/// Makes backends that serve language models.
///
/// @param <C> the configuration record
public interface LlmProvider<C extends Record> extends Provider<C, LlmBackend> {}
