/// The API of OpenAI, as far as language models need it: how answers, streams, lists of models and
/// errors look there (OpenAI API reference, "Chat completions", "Models", "Embeddings").
@NullMarked
package io.agenticprimitives.gateway.server.openai;

import org.jspecify.annotations.NullMarked;
