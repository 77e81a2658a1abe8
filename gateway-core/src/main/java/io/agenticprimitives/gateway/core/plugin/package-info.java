/// Finding providers in plugin jars, each plugin with a class loader of its own, and unloading them
/// without a trace.
@NullMarked
package io.agenticprimitives.gateway.core.plugin;

import org.jspecify.annotations.NullMarked;
