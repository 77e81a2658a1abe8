@NullMarked
package io.agenticprimitives.gateway.api.llm;

import org.jspecify.annotations.NullMarked;
