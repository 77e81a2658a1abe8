package io.agenticprimitives.gateway.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each of these plugins is refused as a whole; a good one beside it works.
class BrokenPluginTest {
  private static final String BAD = "com.example.bad.BadProvider";

  @TempDir private Path directory;

  @BeforeEach
  void aGoodPluginIsThereToo() throws Exception {
    TestPlugin.good("zzz", "com.example.GoodProvider").build(directory);
  }

  private String faultOfBroken() throws ReflectiveOperationException {
    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(Opening.told(plugins.find("com.example.GoodProvider"), "fine")).isEqualTo("fine");
      PluginDescription broken = plugins.descriptions().getFirst();
      assertThat(broken.name()).isEqualTo("bad");
      assertThat(broken.providers()).isEmpty();
      return broken.fault().orElse("");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "0", "1.0", "one", "-1", "99999999999999999999"})
  void anotherApiVersionIsRefused(String version) throws Exception {
    TestPlugin.good("bad", BAD).manifest("Gateway-Api", version).build(directory);

    assertThat(faultOfBroken())
        .isEqualTo(
            "It was built for plugin API "
                + version
                + " (Gateway-Api in the manifest of bad.jar), and this gateway has plugin API 1."
                + " Install a release of the plugin for plugin API 1, or a gateway with plugin API "
                + version
                + ".");
  }

  @Test
  void anotherApiVersionIsToldBeforeAnythingElse() throws Exception {
    Path plugin = TestPlugin.good("bad", BAD).manifest("Gateway-Api", "2").build(directory);
    Files.writeString(plugin.resolve("broken.jar"), "no jar");

    assertThat(faultOfBroken())
        .startsWith("It was built for plugin API 2")
        .doesNotContain("broken");
  }

  @Test
  void noApiVersionIsRefused() throws Exception {
    TestPlugin.good("bad", BAD).withoutManifest("Gateway-Api").build(directory);

    assertThat(faultOfBroken())
        .isEqualTo(
            "It does not say which plugin API it was built for (no Gateway-Api in the manifest of"
                + " bad.jar), and this gateway has plugin API 1. If it was built for that, add"
                + " 'Gateway-Api: 1' to the manifest of its jar.");
  }

  @Test
  void spacesAroundTheApiVersionDoNotMatter() throws Exception {
    TestPlugin.good("bad", BAD).manifest("Gateway-Api", " 1 ").build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(Opening.told(plugins.find(BAD), "fine")).isEqualTo("fine");
    }
  }

  @Test
  void theApiInTheJarIsRefused() throws Exception {
    TestPlugin.good("bad", BAD)
        .resource("io/agenticprimitives/gateway/api/llm/Extra.class", "x")
        .build(directory);

    assertThat(faultOfBroken())
        .isEqualTo(
            "Its jar bad.jar has classes of the plugin API"
                + " (io.agenticprimitives.gateway.api.llm.Extra), which the gateway provides."
                + " Declare gateway-api as provided (compileOnly in Gradle) and build the plugin"
                + " again.");
  }

  @Test
  void theApiInALibraryOrForACertainJavaVersionIsRefusedToo() throws Exception {
    Path api =
        TestPlugin.named("gateway-api-0.1")
            .withoutManifest("Gateway-Api")
            .resource("META-INF/versions/25/io/agenticprimitives/gateway/api/Alias.class", "x")
            .jar(directory.resolve(".libraries"));
    TestPlugin.good("bad", BAD).library(api).build(directory);

    assertThat(faultOfBroken())
        .startsWith("Its jar gateway-api-0.1.jar has classes of the plugin API (");
  }

  @Test
  void aPluginWithoutProviderIsRefusedWithWhatWasLookedAt() throws Exception {
    Path library = TestPlugin.named("library").resource("x.txt", "x").jar(directory.resolve(".l"));
    TestPlugin.named("bad").library(library).build(directory);

    assertThat(faultOfBroken())
        .isEqualTo(
            "It has no provider (looked for"
                + " META-INF/services/io.agenticprimitives.gateway.api.Provider in bad.jar,"
                + " library.jar). Add that file with the class name of the provider.");
  }

  @Test
  void aPluginWithoutJarIsRefusedWithWhatWasLookedAt() throws Exception {
    Files.createDirectories(directory.resolve("bad/provider-1.0/lib"));
    Files.writeString(directory.resolve("bad/README"), "x");

    assertThat(faultOfBroken())
        .isEqualTo(
            "It has no jar (looked at: README, provider-1.0). Put the provider's jar and its"
                + " libraries into the directory itself.");
  }

  @Test
  void anEmptyDirectoryIsRefused() throws Exception {
    Files.createDirectories(directory.resolve("bad"));

    assertThat(faultOfBroken()).startsWith("It has no jar (looked at: nothing).");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PK", "this is no jar"})
  void aCorruptJarIsRefused(String content) throws Exception {
    Files.writeString(directory.resolve("bad.jar"), content);

    assertThat(faultOfBroken())
        .startsWith("Its jar bad.jar cannot be read (")
        .endsWith("). Install the file again.");
  }

  @Test
  void aCorruptLibraryIsRefusedByItsName() throws Exception {
    Path plugin = TestPlugin.good("bad", BAD).build(directory);
    Files.writeString(plugin.resolve("library.jar"), "no jar");

    assertThat(faultOfBroken()).startsWith("Its jar library.jar cannot be read (");
  }

  @Test
  void aLinkToNothingIsRefused() throws Exception {
    Files.createSymbolicLink(directory.resolve("bad"), directory.resolve("gone"));

    assertThat(faultOfBroken())
        .isEqualTo("It is a link to nothing. Correct the link, or remove it.");
  }

  @Test
  void aJarThatIsALinkToNothingIsRefused() throws Exception {
    Path plugin = Files.createDirectory(directory.resolve("bad"));
    Files.createSymbolicLink(plugin.resolve("main.jar"), directory.resolve("gone.jar"));

    assertThat(faultOfBroken()).startsWith("Its jar main.jar cannot be read (");
  }

  @Test
  void aDirectoryAndAJarOfTheSameNameAreBothRefused() throws Exception {
    TestPlugin.good("bad", BAD).build(directory);
    TestPlugin.good("bad", BAD).jar(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(plugins.descriptions())
          .filteredOn(plugin -> plugin.name().equals("bad"))
          .hasSize(2)
          .allSatisfy(
              plugin ->
                  assertThat(plugin.fault())
                      .contains(
                          "There are several plugins of this name (bad, bad.jar), and none of them"
                              + " is used. Keep one."));
    }
  }

  @Test
  void whoWantsAProviderOfABrokenPluginIsToldWhyItIsNotThere() throws Exception {
    Path origin =
        TestPlugin.named("bad")
            .provider(ProviderSource.of(BAD).alias("primitives.llm.bad.BadProvider"))
            .manifest("Gateway-Api", "7")
            .build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      for (String name : new String[] {BAD, "primitives.llm.bad.BadProvider", "bad"}) {
        assertThatThrownBy(() -> plugins.find(name))
            .isInstanceOf(UnknownProviderException.class)
            .hasMessageStartingWith(
                "Provider '%s' is installed but cannot be used. Plugin 'bad' (%s): It was built for plugin API 7"
                    .formatted(name, origin))
            .hasMessageContaining("Install a release of the plugin for plugin API 1");
      }
    }
  }

  @RepeatedTest(3)
  void randomDamageToAJarNeverDisturbsTheOthers() throws Exception {
    long seed = new Random().nextLong();
    Path jar = TestPlugin.named("bad").provider(ProviderSource.of(BAD).alias("x.y")).jar(directory);
    byte[] sound = Files.readAllBytes(jar);
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      Files.write(jar, damaged(sound, random));

      try (Plugins plugins = Plugins.load(directory)) {
        assertThat(plugins.descriptions()).as("seed %d round %d", seed, round).hasSize(2);
        assertThat(plugins.find("com.example.GoodProvider")).isNotNull();
      } catch (RuntimeException | Error failure) {
        throw new AssertionError("seed " + seed + " round " + round, failure);
      }
    }
  }

  private static byte[] damaged(byte[] sound, Random random) {
    byte[] bytes = sound.clone();
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    boolean cut = random.nextInt(8) == 0;
    return cut ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }
}
