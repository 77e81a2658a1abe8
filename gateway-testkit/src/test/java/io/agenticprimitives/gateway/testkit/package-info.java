@NullMarked
package io.agenticprimitives.gateway.testkit;

import org.jspecify.annotations.NullMarked;
