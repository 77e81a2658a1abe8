package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteImagesConfigTest {

  private static RemoteImagesConfig of(int bytes, Duration timeout, String... hosts) {
    return new RemoteImagesConfig(true, bytes, timeout, List.of(hosts));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, (20 << 20) + 1, Integer.MAX_VALUE})
  void sizesThatMakeNoSenseAreRefused(int bytes) {
    assertThatThrownBy(() -> of(bytes, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("remote_images.max_bytes");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 301})
  void timesThatMakeNoSenseAreRefused(long seconds) {
    assertThatThrownBy(() -> of(1, Duration.ofSeconds(seconds)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("remote_images.timeout");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "https://a.example", "a.example/", "a.*.example", "a b"})
  void whatIsNoHostIsRefused(String host) {
    assertThatThrownBy(() -> of(1, Duration.ofSeconds(1), host))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("remote_images.hosts: '" + host + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "a.example, a.example, true",
    "A.Example, a.example, true",
    "a.example, b.a.example, false",
    "a.example, xa.example, false",
    "*.a.example, a.example, false",
    "*.a.example, b.a.example, true",
    "*.a.example, c.b.a.example, true",
    "*.a.example, ba.example, false",
  })
  void hostsAreComparedWhole(String known, String host, boolean covered) {
    assertThat(of(1, Duration.ofSeconds(1), known).covers(host)).isEqualTo(covered);
  }

  @Test
  void noHostsAreAllHosts() {
    assertThat(of(1, Duration.ofSeconds(1)).covers("a.example")).isTrue();
  }
}
