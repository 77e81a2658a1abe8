/// The provider for every server that speaks the OpenAI dialect (`/v1/chat/completions`).
@NullMarked
package io.agenticprimitives.gateway.provider.openai;

import org.jspecify.annotations.NullMarked;
