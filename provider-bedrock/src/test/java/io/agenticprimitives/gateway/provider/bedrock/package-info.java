@NullMarked
package io.agenticprimitives.gateway.provider.bedrock;

import org.jspecify.annotations.NullMarked;
