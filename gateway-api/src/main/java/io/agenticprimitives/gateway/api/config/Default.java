package io.agenticprimitives.gateway.api.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The value that a component of a configuration record has when its key is absent, written as in
/// YAML.
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Default {
  /// The value, `60s` or `true` for instance.
  String value();
}
