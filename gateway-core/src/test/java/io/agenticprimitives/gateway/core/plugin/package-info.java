@NullMarked
package io.agenticprimitives.gateway.core.plugin;

import org.jspecify.annotations.NullMarked;
