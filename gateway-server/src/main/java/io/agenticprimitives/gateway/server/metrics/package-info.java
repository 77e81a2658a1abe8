/// What is counted and measured, in Prometheus' text form.
@NullMarked
package io.agenticprimitives.gateway.server.metrics;

import org.jspecify.annotations.NullMarked;
