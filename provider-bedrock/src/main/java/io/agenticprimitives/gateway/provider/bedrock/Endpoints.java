package io.agenticprimitives.gateway.provider.bedrock;

import java.net.URI;
import java.util.Optional;
import okhttp3.HttpUrl;
import software.amazon.awssdk.regions.EndpointTag;
import software.amazon.awssdk.regions.PartitionEndpointKey;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/// Where Bedrock's two services are: the one that runs models and the one that lists them.
///
/// @param override the operator's own address, for both
record Endpoints(Optional<URI> override, boolean fips, boolean dualStack) {

  static Endpoints of(BedrockConfig config) {
    return new Endpoints(config.endpointUrl(), config.fips(), config.dualStack());
  }

  /// The address of an operation of the service that runs models (`bedrock-runtime`).
  ///
  /// @param path encoded, without a slash before it
  HttpUrl runtime(String region, String path) {
    return at("bedrock-runtime", region, path);
  }

  /// The address of an operation of the service that lists models (`bedrock`).
  HttpUrl control(String region, String path) {
    return at("bedrock", region, path);
  }

  private HttpUrl at(String service, String region, String path) {
    String base =
        override
            .map(address -> address.toString().replaceAll("/+$", ""))
            .orElseGet(() -> "https://" + host(service, region));
    return HttpUrl.get(base + "/" + path);
  }

  private String host(String service, String region) {
    PartitionEndpointKey.Builder key = PartitionEndpointKey.builder();
    if (dualStack) {
      key.tags(EndpointTag.DUALSTACK);
    }
    String suffix = PartitionMetadata.of(Region.of(region)).dnsSuffix(key.build());
    return service + (fips ? "-fips" : "") + "." + region + "." + suffix;
  }
}
