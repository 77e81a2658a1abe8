@NullMarked
package io.agenticprimitives.gateway.core;

import org.jspecify.annotations.NullMarked;
