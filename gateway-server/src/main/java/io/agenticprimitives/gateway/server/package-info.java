/// Where the gateway's process begins.
@NullMarked
package io.agenticprimitives.gateway.server;

import org.jspecify.annotations.NullMarked;
