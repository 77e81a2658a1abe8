package io.agenticprimitives.gateway.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each of these entries of a service file is a fault; a good provider of the same plugin works.
class BrokenProviderTest {
  private static final String GOOD = "com.example.GoodProvider";
  private static final String BAD = "com.example.bad.BadProvider";
  private static final String SERVICE_FILE =
      "META-INF/services/io.agenticprimitives.gateway.api.Provider";

  @TempDir private Path directory;
  @TempDir private Path libraries;

  /// Adds the good provider behind the bad one.
  private String faultOf(TestPlugin plugin) throws Exception {
    plugin.provider(ProviderSource.of(GOOD)).build(directory);
    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(plugins.descriptions().getFirst().providers()).containsExactly(GOOD);
      assertThat(Opening.told(plugins.find(GOOD), "fine")).isEqualTo("fine");
      String fault = Opening.fault(plugins);
      assertThatThrownBy(() -> plugins.find(BAD))
          .isInstanceOf(UnknownProviderException.class)
          .hasMessage(
              "Provider '%s' is installed but cannot be used. Plugin 'mixed' (%s): %s",
              BAD, directory.resolve("mixed"), fault);
      return fault;
    }
  }

  private static TestPlugin mixed() {
    return TestPlugin.named("mixed");
  }

  @Test
  void aClassThatIsNotThere() throws Exception {
    assertThat(faultOf(mixed().service(BAD)))
        .isEqualTo(
            SERVICE_FILE
                + " names the provider com.example.bad.BadProvider, but none of its jars"
                + " (mixed.jar) has that class. Add the class, or correct the file.");
  }

  @Test
  void aClassThatIsNoProvider() throws Exception {
    assertThat(
            faultOf(
                mixed()
                    .source(BAD, "package com.example.bad; public class BadProvider {}")
                    .service(BAD)))
        .isEqualTo(
            SERVICE_FILE
                + " names com.example.bad.BadProvider, which does not implement"
                + " io.agenticprimitives.gateway.api.Provider. Implement LlmProvider, or correct"
                + " the file.");
  }

  @Test
  void aProviderOfNoKnownKind() throws Exception {
    String source =
        """
        package com.example.bad;
        import io.agenticprimitives.gateway.api.*;
        public class BadProvider implements Provider<BadProvider.Config, Backend> {
          public record Config() {}
          public Class<Config> configType() { return Config.class; }
          public Backend open(Config config, BackendContext context) { return () -> {}; }
        }
        """;

    assertThat(faultOf(mixed().source(BAD, source).service(BAD)))
        .isEqualTo(
            "Its provider com.example.bad.BadProvider is of no kind that this gateway uses."
                + " Implement LlmProvider.");
  }

  @Test
  void aPrivateConstructor() throws Exception {
    ProviderSource source = ProviderSource.of(BAD).with("private BadProvider() {}");

    assertThat(faultOf(mixed().provider(source)))
        .isEqualTo(
            "Its provider com.example.bad.BadProvider has no public constructor without arguments."
                + " Add one, and a 'static' if the class is nested in another.");
  }

  @Test
  void anAbstractClass() throws Exception {
    String source = ProviderSource.of(BAD).text().replace("public class", "public abstract class");

    assertThat(faultOf(mixed().source(BAD, source).service(BAD)))
        .isEqualTo(
            "Its provider com.example.bad.BadProvider is not public, or abstract. Make it a public"
                + " class that can be constructed.");
  }

  @Test
  void aClassThatIsNotPublic() throws Exception {
    String source = ProviderSource.of(BAD).with("public BadProvider() {}").text();

    assertThat(faultOf(mixed().source(BAD, source.replace("public class", "class")).service(BAD)))
        .startsWith("Its provider com.example.bad.BadProvider is not public, or abstract.");
  }

  @Test
  void aMissingSuperclass() throws Exception {
    Path library =
        TestPlugin.named("base")
            .source("com.example.base.Base", "package com.example.base; public class Base {}")
            .jar(libraries);
    String source =
        ProviderSource.of(BAD)
            .text()
            .replace(
                "implements LlmProvider", "extends com.example.base.Base implements LlmProvider");

    assertThat(faultOf(mixed().missingLibrary(library).source(BAD, source).service(BAD)))
        .isEqualTo(
            "Its provider com.example.bad.BadProvider cannot be loaded: class com.example.base.Base"
                + " is missing. Put the jar that has it beside the plugin's own, in one directory;"
                + " a plugin sees no library of the gateway.");
  }

  @Test
  void aMissingTypeOfAConstructor() throws Exception {
    Path library =
        TestPlugin.named("base")
            .source("com.example.base.Base", "package com.example.base; public class Base {}")
            .jar(libraries);
    ProviderSource source =
        ProviderSource.of(BAD)
            .with("public BadProvider() {} public BadProvider(com.example.base.Base base) {}");

    assertThat(faultOf(mixed().missingLibrary(library).provider(source)))
        .startsWith(
            "Its provider com.example.bad.BadProvider cannot be loaded: class com.example.base.Base"
                + " is missing.");
  }

  @Test
  void aClassForANewerJava() throws Exception {
    TestPlugin plugin = mixed().provider(ProviderSource.of(BAD));

    assertThat(faultOf(plugin.edit(BAD, bytes -> withMajorVersion(bytes, 200))))
        .startsWith(
            "Its provider com.example.bad.BadProvider cannot be loaded: it was compiled for a newer"
                + " Java than this one (")
        .contains("class file version 200.0")
        .endsWith(
            "). Run the gateway with that Java, or install a build of the plugin for Java "
                + Runtime.version().feature()
                + ".");
  }

  @Test
  void aDamagedClass() throws Exception {
    TestPlugin plugin = mixed().provider(ProviderSource.of(BAD));

    assertThat(faultOf(plugin.edit(BAD, bytes -> Arrays.copyOf(bytes, bytes.length / 2))))
        .startsWith(
            "Its provider com.example.bad.BadProvider cannot be loaded: a class file is damaged (")
        .endsWith("). Install the plugin again.");
  }

  @Test
  void aClassUnderAnotherName() throws Exception {
    Path other = TestPlugin.good("other", "com.example.other.OtherProvider").jar(libraries);
    byte[] bytes =
        PluginJar.inspect("other.jar", other)
            .classFile("com.example.other.OtherProvider")
            .orElseThrow();

    assertThat(faultOf(mixed().service(BAD).resource("com/example/bad/BadProvider.class", bytes)))
        .startsWith(
            "Its provider com.example.bad.BadProvider cannot be loaded: NoClassDefFoundError")
        .contains("wrong name");
  }

  @Test
  void classesOfTheJdkAndOfTheApiAreNoProvidersOfThePlugin() throws Exception {
    mixed()
        .provider(ProviderSource.of(GOOD))
        .service("java.lang.String", "io.agenticprimitives.gateway.api.llm.LlmProvider")
        .build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(plugins.descriptions().getFirst().providers()).containsExactly(GOOD);
      assertThat(Opening.fault(plugins))
          .contains("names java.lang.String, which is not a class of the plugin. Correct the file.")
          .contains(
              "names io.agenticprimitives.gateway.api.llm.LlmProvider, which is not a class of");
    }
  }

  @Test
  void aLineThatIsNoClassNameSpoilsItsFile() throws Exception {
    mixed().provider(ProviderSource.of(GOOD)).service("class com.example.Other").build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      String fault =
          SERVICE_FILE
              + " in mixed.jar has the line 'class com.example.Other', which is no class name, so"
              + " that no provider of that file is found. Correct the line.";
      assertThat(Opening.fault(plugins)).isEqualTo(fault);
      assertThatThrownBy(() -> plugins.find(GOOD)).hasMessageContaining(fault);
    }
  }

  @Test
  void aServiceFileOfNothingButNonsense() throws Exception {
    mixed().service("!").build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(Opening.fault(plugins)).contains("has the line '!', which is no class name");
    }
  }

  @Test
  void everyFaultIsToldAtOnce() throws Exception {
    mixed()
        .provider(ProviderSource.of("com.example.a.AProvider").with("private AProvider() {}"))
        .service("com.example.b.BProvider")
        .provider(ProviderSource.of(GOOD))
        .service("com.example.c.CProvider")
        .build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(Opening.fault(plugins))
          .contains(
              "com.example.a.AProvider", "com.example.b.BProvider", "com.example.c.CProvider");
      assertThat(Opening.told(plugins.find(GOOD), "fine")).isEqualTo("fine");
    }
  }

  private static byte[] withMajorVersion(byte[] classFile, int version) {
    byte[] bytes = classFile.clone();
    bytes[6] = (byte) (version >> 8);
    bytes[7] = (byte) version;
    return bytes;
  }
}
