/// The steps that each completion goes through on its way to a plugin and back.
@NullMarked
package io.agenticprimitives.gateway.core.pipeline;

import org.jspecify.annotations.NullMarked;
