/// What the author of a provider plugin runs to prove it.
///
/// [ScriptedUpstream][io.agenticprimitives.gateway.testkit.ScriptedUpstream] plays the upstream,
/// well-behaved or sabotaging, from a [Script][io.agenticprimitives.gateway.testkit.Script] that is
/// plain data.
@NullMarked
package io.agenticprimitives.gateway.testkit;

import org.jspecify.annotations.NullMarked;
