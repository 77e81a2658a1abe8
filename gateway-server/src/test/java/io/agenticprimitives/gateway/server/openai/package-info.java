@NullMarked
package io.agenticprimitives.gateway.server.openai;

import org.jspecify.annotations.NullMarked;
