package io.agenticprimitives.gateway.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IsolationTest {
  private static final String NAME = "com.example.SomeProvider";

  @TempDir private Path directory;
  @TempDir private Path libraries;

  private String told(ProviderSource source) throws Exception {
    TestPlugin.named("some").provider(source).build(directory);
    try (Plugins plugins = Plugins.load(directory)) {
      return Opening.told(plugins.find(NAME), "");
    }
  }

  private static ProviderSource lookingForClass(String className) {
    return ProviderSource.of(NAME)
        .with(
            """
            static String look() {
              try {
                return "found " + Class.forName("%s");
              } catch (ClassNotFoundException absent) {
                return "absent";
              }
            }
            """
                .formatted(className))
        .telling("look()");
  }

  @Test
  void theGatewaysLibrariesAreInvisible() throws Exception {
    String hostClass = "org.snakeyaml.engine.v2.api.Load";
    assertThat(Class.forName(hostClass)).isNotNull();

    assertThat(told(lookingForClass(hostClass))).isEqualTo("absent");
  }

  @Test
  void theGatewayItselfIsInvisible() throws Exception {
    assertThat(told(lookingForClass(Plugins.class.getName()))).isEqualTo("absent");
  }

  @Test
  void theJdkIsVisible() throws Exception {
    assertThat(told(lookingForClass("java.sql.Driver"))).startsWith("found");
  }

  @Test
  void slf4jAndTheApiAreThoseOfTheGateway() throws Exception {
    TestPlugin.named("some")
        .provider(
            ProviderSource.of(NAME).telling("\"\" + org.slf4j.LoggerFactory.class.hashCode()"))
        .build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      InstalledProvider provider = plugins.find(NAME);
      assertThat(Opening.told(provider, ""))
          .isEqualTo(Integer.toString(org.slf4j.LoggerFactory.class.hashCode()));
    }
  }

  @Test
  void resourcesOfTheGatewayDoNotLeak() throws Exception {
    String resource = "io/agenticprimitives/gateway/core/plugin/host.txt";
    assertThat(getClass().getClassLoader().getResource(resource)).isNotNull();

    assertThat(
            told(
                ProviderSource.of(NAME)
                    .with("static final String R = \"" + resource + "\";")
                    .telling(
                        """
                        "" + getClass().getResource("/" + R)
                            + getClass().getClassLoader().getResourceAsStream(R)
                            + Thread.currentThread().getContextClassLoader().getResource(R)
                        """)))
        .isEqualTo("nullnullnull");
  }

  @Test
  void serviceFilesOfTheGatewayDoNotLeak() throws Exception {
    String file = "META-INF/services/org.junit.platform.engine.TestEngine";
    assertThat(Collections.list(getClass().getClassLoader().getResources(file))).isNotEmpty();

    assertThat(
            told(
                ProviderSource.of(NAME)
                    .with(
                        """
                        static int count() {
                          try {
                            return java.util.Collections.list(
                                SomeProvider.class.getClassLoader().getResources("%s")).size();
                          } catch (java.io.IOException failure) {
                            return -1;
                          }
                        }
                        """
                            .formatted(file))
                    .telling("\"\" + count()")))
        .isEqualTo("0");
  }

  @Test
  void eachPluginHasItsOwnVersionOfALibrary() throws Exception {
    for (int version = 1; version <= 2; version++) {
      String source =
          """
          package com.example.library;
          public class Library {
            private static int calls;
            public static String text() { return "library %d, call " + ++calls; }
          }
          """
              .formatted(version);
      Path library =
          TestPlugin.named("library-" + version)
              .source("com.example.library.Library", source)
              .resource("library.txt", "resource " + version)
              .jar(libraries);
      ProviderSource provider =
          ProviderSource.of("com.example.v%d.V%<dProvider".formatted(version))
              .with(
                  """
                  static String resource() {
                    try (var in = Thread.currentThread().getContextClassLoader()
                        .getResourceAsStream("library.txt")) {
                      return new String(in.readAllBytes());
                    } catch (java.io.IOException failure) {
                      return failure.toString();
                    }
                  }
                  """)
              .telling("com.example.library.Library.text() + \", \" + resource()");
      TestPlugin.named("v" + version).provider(provider).library(library).build(directory);
    }

    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(Opening.told(plugins.find("v1"), "")).isEqualTo("library 1, call 1, resource 1");
      assertThat(Opening.told(plugins.find("v2"), "")).isEqualTo("library 2, call 1, resource 2");
      assertThat(Opening.told(plugins.find("v1"), "")).isEqualTo("library 1, call 2, resource 1");
    }
  }

  @Test
  void aClassOfThePluginWithTheNameOfAHostClassIsThePluginsOwn() throws Exception {
    Path shadow =
        TestPlugin.named("shadow")
            .source(
                "org.snakeyaml.engine.v2.api.Load",
                "package org.snakeyaml.engine.v2.api; public class Load { public static String"
                    + " own() { return \"own\"; } }")
            .jar(libraries);
    ProviderSource source =
        ProviderSource.of(NAME)
            .with(
                """
                static String own() {
                  try {
                    return "" + Class.forName("org.snakeyaml.engine.v2.api.Load")
                        .getMethod("own").invoke(null);
                  } catch (ReflectiveOperationException failure) {
                    return failure.toString();
                  }
                }
                """)
            .telling("own()");
    TestPlugin.named("some").provider(source).library(shadow).build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(Opening.told(plugins.find(NAME), "")).isEqualTo("own");
    }
  }

  @Test
  void aPluginsOwnServiceFilesWork() throws Exception {
    String greeter = "package com.example.spi; public interface Greeter { String greet(); }";
    String polite =
        "package com.example.spi; public class Polite implements Greeter { public String greet() {"
            + " return \"How do you do\"; } }";
    Path library =
        TestPlugin.named("spi")
            .source("com.example.spi.Greeter", greeter)
            .source("com.example.spi.Polite", polite)
            .resource("META-INF/services/com.example.spi.Greeter", "com.example.spi.Polite")
            .jar(libraries);
    ProviderSource source =
        ProviderSource.of(NAME)
            .telling(
                "java.util.ServiceLoader.load(com.example.spi.Greeter.class).findFirst().get().greet()");
    TestPlugin.named("some").provider(source).library(library).build(directory);

    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(Opening.told(plugins.find(NAME), "")).isEqualTo("How do you do");
    }
  }
}
