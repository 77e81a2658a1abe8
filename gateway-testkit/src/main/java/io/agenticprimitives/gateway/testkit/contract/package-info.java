/// What a plugin must hold to, as test classes to extend. Each says what is wrong and what to do.
@NullMarked
package io.agenticprimitives.gateway.testkit.contract;

import org.jspecify.annotations.NullMarked;
