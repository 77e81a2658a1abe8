package io.agenticprimitives.gateway.provider.bedrock;

import java.util.regex.Pattern;

/// Names of AWS regions. They become part of a host name, so that nothing else may pass.
final class RegionName {
  private static final Pattern FORM = Pattern.compile("[a-z]{2,5}(?:-[a-z0-9]{1,14}){1,4}");

  private RegionName() {}

  static boolean isValid(String name) {
    return FORM.matcher(name).matches();
  }
}
