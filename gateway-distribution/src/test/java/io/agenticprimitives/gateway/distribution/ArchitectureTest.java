package io.agenticprimitives.gateway.distribution;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The directions of the house, read from the jars that operators get.
class ArchitectureTest {
  private static final String ROOT = "io.agenticprimitives.gateway";
  private static final String API = ROOT + ".api..";
  private static final String CORE = ROOT + ".core..";
  private static final String SERVER = ROOT + ".server..";
  private static final String PROVIDERS = ROOT + ".provider..";

  private static JavaClasses all;

  @BeforeAll
  static void readJars() throws IOException {
    List<Location> jars = new ArrayList<>();
    try (var files = Files.walk(GatewayProcess.DISTRIBUTION)) {
      for (Path file : files.filter(ArchitectureTest::isOurs).toList()) {
        jars.add(Location.of(new JarFile(file.toFile())));
      }
    }
    all = new ClassFileImporter().importLocations(jars);
    assertThat(all.containPackage(ROOT + ".provider.openai")).isTrue();
    assertThat(all.containPackage(ROOT + ".server")).isTrue();
  }

  private static boolean isOurs(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".jar") && (name.startsWith("gateway-") || name.startsWith("provider-"));
  }

  @Test
  void theApiStandsOnTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage(API)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(API, "java..", "org.jspecify.annotations")
        .check(all);
  }

  @Test
  void providersSeeTheApiAndNothingElseOfTheGateway() {
    noClasses()
        .that()
        .resideInAPackage(PROVIDERS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CORE, SERVER)
        .check(all);
  }

  @Test
  void theCoreKnowsNoHttpServerAndNoJsonLibrary() {
    noClasses()
        .that()
        .resideInAPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            SERVER, PROVIDERS, "io.javalin..", "org.eclipse.jetty..", "com.fasterxml..")
        .check(all);
  }

  @Test
  void theServerKnowsNoProvider() {
    noClasses()
        .that()
        .resideInAPackage(SERVER)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(PROVIDERS)
        .check(all);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(all);
    slices().matching(ROOT + ".core.(*)..").should().beFreeOfCycles().check(all);
    slices().matching(ROOT + ".server.(*)..").should().beFreeOfCycles().check(all);
  }

  /// A plugin that brings its own copy of the API would not be recognised as a provider.
  @Test
  void pluginsDoNotCarryWhatTheGatewayShares() throws IOException {
    try (var files = Files.walk(GatewayProcess.DISTRIBUTION.resolve("plugins"))) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        try (JarFile content = new JarFile(jar.toFile())) {
          assertThat(content.stream().map(ZipEntry::getName))
              .as(jar.toString())
              .noneMatch(name -> name.startsWith("io/agenticprimitives/gateway/api/"))
              .noneMatch(name -> name.startsWith("org/slf4j/"));
        }
      }
    }
  }
}
