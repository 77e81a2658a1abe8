@NullMarked
package io.agenticprimitives.gateway.server.request;

import org.jspecify.annotations.NullMarked;
