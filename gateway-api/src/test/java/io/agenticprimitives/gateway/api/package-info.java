@NullMarked
package io.agenticprimitives.gateway.api;

import org.jspecify.annotations.NullMarked;
