@NullMarked
package io.agenticprimitives.gateway.server.output;

import org.jspecify.annotations.NullMarked;
