@NullMarked
package io.agenticprimitives.gateway.server.testing;

import org.jspecify.annotations.NullMarked;
