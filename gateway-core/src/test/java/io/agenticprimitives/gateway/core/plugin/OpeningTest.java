package io.agenticprimitives.gateway.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
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

    Opening.assertThatOpening(directory, some(ProviderSource.of(NAME).with(constructor)))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            CANNOT_BE_USED
                + "it cannot be constructed: IllegalStateException: no licence."
                + LOG_AND_AUTHORS);
  }

  @Test
  void anIllegalArgumentInTheConstructorIsNoFaultOfTheConfiguration() throws Exception {
    String constructor = "public SomeProvider() { throw new IllegalArgumentException(\"no\"); }";

    Opening.assertThatOpening(directory, some(ProviderSource.of(NAME).with(constructor)))
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

    Opening.assertThatOpening(
            directory,
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

    Opening.assertThatOpening(
            directory,
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

    Opening.assertThatOpening(directory, some(source))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            CANNOT_BE_USED
                + "opening a backend failed: it calls itself without end. The plugin's authors must"
                + " correct that.");
  }

  @Test
  void aForeignException() throws Exception {
    Opening.assertThatOpening(directory, some(throwing("new UnsupportedOperationException()")))
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

    Opening.assertThatOpening(directory, some(source))
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

    Opening.assertThatOpening(directory, some(source))
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith(CANNOT_BE_USED + "opening a backend failed: IOException: disk.");
  }

  @Test
  void anIllegalArgumentSpeaksForItself() throws Exception {
    Opening.assertThatOpening(
            directory,
            some(throwing("new NumberFormatException(\"base_url: write a URL with a host\")")))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("base_url: write a URL with a host");
  }

  @Test
  void anIllegalArgumentThatSaysNothing() throws Exception {
    Opening.assertThatOpening(directory, some(throwing("new IllegalArgumentException()")))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            CANNOT_BE_USED
                + "opening a backend failed: IllegalArgumentException."
                + LOG_AND_AUTHORS);
  }
}
