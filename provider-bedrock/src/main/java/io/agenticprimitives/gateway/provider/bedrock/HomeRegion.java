package io.agenticprimitives.gateway.provider.bedrock;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;

/// The region of a backend whose calls and models name none.
final class HomeRegion {
  private static final String DEFAULT = "us-east-1";

  private HomeRegion() {}

  /// The configured one, else the profile's, else the environment's, else us-east-1.
  ///
  /// @throws IllegalArgumentException if what is found cannot be a region
  static String of(BedrockConfig config, Function<String, @Nullable String> environment) {
    return Stream.of(config.region(), config.profile().flatMap(HomeRegion::ofProfile))
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> variable("AWS_REGION", environment))
        .or(() -> variable("AWS_DEFAULT_REGION", environment))
        .orElse(DEFAULT);
  }

  private static Optional<String> ofProfile(String profile) {
    try {
      Region region =
          new AwsProfileRegionProvider(ProfileFile::defaultProfileFile, profile).getRegion();
      return Optional.ofNullable(region).map(Region::id).filter(RegionName::isValid);
    } catch (SdkException unknown) {
      return Optional.empty();
    }
  }

  private static Optional<String> variable(
      String name, Function<String, @Nullable String> environment) {
    String value = environment.apply(name);
    if (value == null || value.isBlank()) {
      return Optional.empty();
    }
    if (!RegionName.isValid(value)) {
      throw new IllegalArgumentException(
          "The environment variable " + name + " does not hold a region of AWS; set region");
    }
    return Optional.of(value);
  }
}
