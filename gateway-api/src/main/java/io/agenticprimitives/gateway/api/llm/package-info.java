/// The vocabulary of language models: requests, messages, tools, stream events, usage.
@NullMarked
package io.agenticprimitives.gateway.api.llm;

import org.jspecify.annotations.NullMarked;
