package io.agenticprimitives.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.100.100.200",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "192.168.255.255",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8%0",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::8.8.8.8",
        "64:ff9b:1::10.0.0.1",
        "100::1",
        "2001::1",
        "2001:10::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "3fff::1",
        "3fff:fff::1",
        "4000::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fdff::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
        "ffff::1"
      })
  void othersAreNot(String address) throws Exception {
    InetAddress parsed = InetAddress.getByName(address.replace("%0", ""));
    boolean mappedPublic = address.equals("::ffff:8.8.8.8%0");
    // The JDK turns mapped addresses into those of IPv4 before anybody can see them.
    assertThat(PublicAddress.isPublic(parsed)).as(address).isEqualTo(mappedPublic);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "168.63.129.15",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2003::1",
        "2600::1",
        "2a00:1450:4001::1",
        "3ffe::1",
        "3fff:1000::1"
      })
  void thoseOfThePublicInternetAre(String address) throws Exception {
    assertThat(PublicAddress.isPublic(InetAddress.getByName(address))).as(address).isTrue();
  }

  @Test
  void aHostIsLookedAtAsAnAddressOnlyIfItIsOne() {
    assertThat(PublicAddress.isOther("10.0.0.1")).isTrue();
    assertThat(PublicAddress.isOther("fe80::1")).isTrue();
    assertThat(PublicAddress.isOther("8.8.8.8")).isFalse();
    assertThat(PublicAddress.isOther("localhost")).isFalse();
    assertThat(PublicAddress.isOther("10.example")).isFalse();
  }
}
