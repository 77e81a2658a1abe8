/// AWS Bedrock as a backend, through Converse and ConverseStream.
@NullMarked
package io.agenticprimitives.gateway.provider.bedrock;

import org.jspecify.annotations.NullMarked;
