/// What a provider's configuration record may be annotated with or hold.
@NullMarked
package io.agenticprimitives.gateway.api.config;

import org.jspecify.annotations.NullMarked;
