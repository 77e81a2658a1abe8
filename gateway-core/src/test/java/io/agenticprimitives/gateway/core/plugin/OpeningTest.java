package io.agenticprimitives.gateway.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What can go wrong when a provider is constructed and asked for a backend.
class OpeningTest {
  private static final String NAME = "com.example.SomeProvider";
  private static final String CANNOT_BE_USED =
      "Provider com.example.SomeProvider of plugin 'some' cannot be used: ";
  private static final String LOG_AND_AUTHORS =
      " The log has the details; if they show no mistake in the configuration, the plugin's authors"
          + " must correct it.";

  @TempDir private Path directory;
  @TempDir private Path libraries;

  private static TestPlugin some(ProviderSource source) {
    return TestPlugin.named("some").provider(source);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertThatOpening(TestPlugin plugin)
      throws Exception {
    plugin.build(directory);
    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(plugins.descriptions().getFirst().fault()).isEmpty();
      InstalledProvider provider = plugins.find(NAME);
      ClassLoader before = Thread.currentThread().getContextClassLoader();
      var thrown = assertThatThrownBy(() -> Opening.told(provider, "a"));
      assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
      return thrown.hasNoCause();
    }
  }

  private static ProviderSource throwing(String exception) {
    return ProviderSource.of(NAME)
        .with("static String fail() { throw " + exception + "; }")
        .telling("fail()");
  }

  @Test
  void theContextClassLoaderIsThePluginsInConstructorAndOpen() throws Exception {
    some(ProviderSource.of(NAME)
            .with(
                """
                private final String before = now();
                private static String now() {
                  return Thread.currentThread().getContextClassLoader().getName();
                }
                """)
            .telling("before + \" \" + now()"))
        .build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(Opening.told(plugins.find(NAME), "")).isEqualTo("plugin:some plugin:some");
    }
  }

  @Test
  void theContextReachesTheProvider() throws Exception {
    some(ProviderSource.of(NAME).telling("context.backendName()")).build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(Opening.told(plugins.find(NAME), "")).isEqualTo("test");
    }
  }

  @Test
  void aThrowingConstructor() throws Exception {
    String constructor =
        "public SomeProvider() { throw new IllegalStateException(\"no licence\"); }";

    assertThatOpening(some(ProviderSource.of(NAME).with(constructor)))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            CANNOT_BE_USED
                + "it cannot be constructed: IllegalStateException: no licence."
                + LOG_AND_AUTHORS);
  }

  @Test
  void anIllegalArgumentInTheConstructorIsNoFaultOfTheConfiguration() throws Exception {
    String constructor = "public SomeProvider() { throw new IllegalArgumentException(\"no\"); }";

    assertThatOpening(some(ProviderSource.of(NAME).with(constructor)))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("it cannot be constructed: IllegalArgumentException: no.");
  }

  @Test
  void aThrowingStaticInitialiserIsExplainedEachTime() throws Exception {
    String initialiser = "static { if (true) throw new IllegalStateException(\"no licence\"); }";
    some(ProviderSource.of(NAME).with(initialiser)).build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      InstalledProvider provider = plugins.find(NAME);
      assertThatThrownBy(provider::configType)
          .isInstanceOf(PluginException.class)
          .hasMessage(
              CANNOT_BE_USED
                  + "it cannot be constructed: its static initialiser failed with"
                  + " IllegalStateException: no licence. The plugin's authors must correct that.");
      assertThatThrownBy(provider::configType)
          .isInstanceOf(PluginException.class)
          .hasMessageStartingWith(
              CANNOT_BE_USED
                  + "it cannot be constructed: its static initialiser failed before (Exception"
                  + " java.lang.IllegalStateException: no licence");
    }
  }

  @Test
  void aMissingClass() throws Exception {
    Path library =
        TestPlugin.named("library")
            .source(
                "com.example.library.Library",
                "package com.example.library; public class Library { public static String text() {"
                    + " return \"\"; } }")
            .jar(libraries);

    assertThatOpening(
            some(ProviderSource.of(NAME).telling("com.example.library.Library.text()"))
                .missingLibrary(library))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            CANNOT_BE_USED
                + "opening a backend failed: class com.example.library.Library is missing. Put the"
                + " jar that has it beside the plugin's own, in one directory; a plugin sees no"
                + " library of the gateway.");
  }

  @Test
  void aMissingTypeOfTheConfiguration() throws Exception {
    String missing = "com.example.Gone";
    String source =
        ProviderSource.of(NAME)
            .text()
            .replace("Config(String text)", "Config(String text, Gone gone)");

    assertThatOpening(
            TestPlugin.named("some")
                .source(NAME, source)
                .source(missing, "package com.example; public class Gone {}")
                .service(NAME)
                .without(missing))
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith(
            CANNOT_BE_USED
                + "it cannot tell its configuration type: class com.example.Gone is missing.");
  }

  @Test
  void aMissingMethod() throws Exception {
    String text = "package com.example.library; public class Library { %s }";
    Path newer =
        TestPlugin.named("library")
            .source(
                "com.example.library.Library",
                text.formatted("public static String text() { return \"\"; }"))
            .jar(libraries.resolve("newer"));
    Path older =
        TestPlugin.named("older")
            .source("com.example.library.Library", text.formatted(""))
            .jar(directory.resolve("some"));
    assertThat(older).exists();

    assertThatOpening(
            some(ProviderSource.of(NAME).telling("com.example.library.Library.text()"))
                .missingLibrary(newer))
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith(
            CANNOT_BE_USED
                + "opening a backend failed: its classes do not fit together (NoSuchMethodError:")
        .hasMessageEndingWith("Put only versions into the plugin that belong together.");
  }

  @Test
  void endlessRecursion() throws Exception {
    ProviderSource source =
        ProviderSource.of(NAME)
            .with("static String again(int i) { return again(i + 1) + i; }")
            .telling("again(0)");

    assertThatOpening(some(source))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            CANNOT_BE_USED
                + "opening a backend failed: it calls itself without end. The plugin's authors must"
                + " correct that.");
  }

  @Test
  void aForeignException() throws Exception {
    assertThatOpening(some(throwing("new UnsupportedOperationException()")))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            CANNOT_BE_USED
                + "opening a backend failed: UnsupportedOperationException."
                + LOG_AND_AUTHORS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RuntimeException", "Error"})
  void aThrowableOfThePluginsOwn(String parent) throws Exception {
    ProviderSource source =
        throwing("new Own()")
            .with("static class Own extends " + parent + " { Own() { super(\"own\"); } }");

    assertThatOpening(some(source))
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith(CANNOT_BE_USED + "opening a backend failed: Own: own.");
  }

  @Test
  void aCheckedExceptionInDisguise() throws Exception {
    ProviderSource source =
        ProviderSource.of(NAME)
            .with(
                """
                @SuppressWarnings("unchecked")
                static <E extends Exception> String sneak(Exception e) throws E { throw (E) e; }
                """)
            .telling("SomeProvider.<RuntimeException>sneak(new java.io.IOException(\"disk\"))");

    assertThatOpening(some(source))
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith(CANNOT_BE_USED + "opening a backend failed: IOException: disk.");
  }

  @Test
  void anIllegalArgumentSpeaksForItself() throws Exception {
    assertThatOpening(
            some(throwing("new NumberFormatException(\"base_url: write a URL with a host\")")))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("base_url: write a URL with a host");
  }

  @Test
  void anIllegalArgumentThatSaysNothing() throws Exception {
    assertThatOpening(some(throwing("new IllegalArgumentException()")))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            CANNOT_BE_USED
                + "opening a backend failed: IllegalArgumentException."
                + LOG_AND_AUTHORS);
  }

  @Test
  void noBackend() throws Exception {
    String source =
        ProviderSource.of(NAME).text().replace("return new Telling(config.text())", "return null");

    assertThatOpening(TestPlugin.named("some").source(NAME, source).service(NAME))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            CANNOT_BE_USED + "it opened no LlmBackend. The plugin's authors must correct that.");
  }

  @Test
  void noConfigurationType() throws Exception {
    String source = ProviderSource.of(NAME).text().replace("return Config.class", "return null");

    assertThatOpening(TestPlugin.named("some").source(NAME, source).service(NAME))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            CANNOT_BE_USED
                + "its configuration type (null) is no record. The plugin's authors must correct"
                + " that.");
  }

  @Test
  void aConfigurationTypeThatIsNoRecord() throws Exception {
    String source =
        ProviderSource.of(NAME)
            .text()
            .replace("return Config.class", "return (Class) String.class");

    assertThatOpening(TestPlugin.named("some").source(NAME, source).service(NAME))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("its configuration type (class java.lang.String) is no record.");
  }

  @Test
  void aConfigurationOfAnotherType() throws Exception {
    some(ProviderSource.of(NAME)).build(directory);
    record Other() {}

    try (Plugins plugins = Plugins.load(directory)) {
      InstalledProvider provider = plugins.find(NAME);
      assertThatThrownBy(() -> provider.open(new Other(), Opening.CONTEXT))
          .isInstanceOf(PluginException.class)
          .hasMessageStartingWith(
              CANNOT_BE_USED
                  + "it is configured with a com.example.SomeProvider$Config, not with a ");
    }
  }
}
