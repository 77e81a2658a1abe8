@NullMarked
package io.agenticprimitives.gateway.distribution;

import org.jspecify.annotations.NullMarked;
