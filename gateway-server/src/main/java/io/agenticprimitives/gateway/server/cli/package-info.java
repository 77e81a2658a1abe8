/// The command line: starting the gateway, and what operators ask about it without starting it.
@NullMarked
package io.agenticprimitives.gateway.server.cli;

import org.jspecify.annotations.NullMarked;
