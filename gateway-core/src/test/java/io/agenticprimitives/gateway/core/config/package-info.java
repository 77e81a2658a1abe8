@NullMarked
package io.agenticprimitives.gateway.core.config;

import org.jspecify.annotations.NullMarked;
