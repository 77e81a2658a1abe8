@NullMarked
package io.agenticprimitives.gateway.server.cli;

import org.jspecify.annotations.NullMarked;
