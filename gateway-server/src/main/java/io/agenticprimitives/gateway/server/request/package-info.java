/// Reads what callers ask for. All accepted forms of messages, tools and parameters, ours,
/// OpenAI's, Anthropic's and Bedrock's, become the one vocabulary of the API here.
@NullMarked
package io.agenticprimitives.gateway.server.request;

import org.jspecify.annotations.NullMarked;
