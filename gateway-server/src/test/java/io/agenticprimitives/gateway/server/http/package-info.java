@NullMarked
package io.agenticprimitives.gateway.server.http;

import org.jspecify.annotations.NullMarked;
