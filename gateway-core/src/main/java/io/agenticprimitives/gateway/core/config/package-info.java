/// Configuration: from a YAML file to checked records, with every problem named at its place.
///
/// [ConfigLoader][io.agenticprimitives.gateway.core.config.ConfigLoader] is the way in. What
/// belongs to a provider stays a [ConfigNode][io.agenticprimitives.gateway.core.config.ConfigNode]
/// until [RecordBinder][io.agenticprimitives.gateway.core.config.RecordBinder] binds it to the
/// provider's own record.
@NullMarked
package io.agenticprimitives.gateway.core.config;

import org.jspecify.annotations.NullMarked;
