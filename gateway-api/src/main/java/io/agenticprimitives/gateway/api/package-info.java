/// The plugin API: what a provider implements
/// ([Provider][io.agenticprimitives.gateway.api.Provider],
/// [LlmProvider][io.agenticprimitives.gateway.api.llm.LlmProvider]) and what it is given.
///
/// The packages of this module are the only classes that the gateway and a plugin share. Nothing
/// here is null unless it is marked so; every list and map is an immutable copy.
@NullMarked
package io.agenticprimitives.gateway.api;

import org.jspecify.annotations.NullMarked;
