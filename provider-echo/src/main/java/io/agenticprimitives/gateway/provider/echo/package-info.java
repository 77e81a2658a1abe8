/// A model that needs neither a key nor a network: it says what it was told.
@NullMarked
package io.agenticprimitives.gateway.provider.echo;

import org.jspecify.annotations.NullMarked;
