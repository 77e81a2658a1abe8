@NullMarked
package io.agenticprimitives.gateway.core.pipeline;

import org.jspecify.annotations.NullMarked;
