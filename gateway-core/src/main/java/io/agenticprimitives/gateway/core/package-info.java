/// The gateway without its HTTP server: what is configured, who serves a call, and the pipeline
/// that each call goes through.
@NullMarked
package io.agenticprimitives.gateway.core;

import org.jspecify.annotations.NullMarked;
