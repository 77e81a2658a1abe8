/// The edge of the gateway: connections, headers, identity, errors, and the routes behind them.
@NullMarked
package io.agenticprimitives.gateway.server.http;

import org.jspecify.annotations.NullMarked;
