/// The gateway's own API for language models: how its requests are read and its answers written.
@NullMarked
package io.agenticprimitives.gateway.server.nativeapi;

import org.jspecify.annotations.NullMarked;
