@NullMarked
package io.agenticprimitives.gateway.provider.echo;

import org.jspecify.annotations.NullMarked;
