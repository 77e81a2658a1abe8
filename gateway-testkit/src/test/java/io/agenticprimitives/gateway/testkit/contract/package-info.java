/// The contracts themselves are tested.
@NullMarked
package io.agenticprimitives.gateway.testkit.contract;

import org.jspecify.annotations.NullMarked;
