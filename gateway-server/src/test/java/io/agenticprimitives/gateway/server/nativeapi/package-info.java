@NullMarked
package io.agenticprimitives.gateway.server.nativeapi;

import org.jspecify.annotations.NullMarked;
