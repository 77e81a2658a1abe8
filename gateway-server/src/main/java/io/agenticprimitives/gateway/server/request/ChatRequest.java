package io.agenticprimitives.gateway.server.request;

import io.agenticprimitives.gateway.api.llm.CompletionRequest;

/// A request in OpenAI's dialect, with what it says about the form of its answer.
///
/// @param wantsUsage whether a stream is to end with the usage (`stream_options.include_usage`)
/// @param functions whether tools were offered in the older form `functions`, and so are to be
///   called in the older form `function_call`
public record ChatRequest(CompletionRequest request, boolean wantsUsage, boolean functions) {}
