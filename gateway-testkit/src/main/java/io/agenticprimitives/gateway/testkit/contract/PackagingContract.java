package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.Provider;
import io.agenticprimitives.gateway.core.plugin.InstalledProvider;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import io.agenticprimitives.gateway.core.plugin.UnknownProviderException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A plugin is packaged so that any gateway can load it. Looks at the jars as operators get them:
///
/// ```java
/// class GreetingPackagingTest extends PackagingContract {
///   @Override
///   protected Path plugin() {
///     return Path.of("target/greeting-1.0.jar");
///   }
/// }
/// ```
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PackagingContract {
  private static final String SERVICE_FILE = "META-INF/services/" + Provider.class.getName();

  /// The release of Java that gateways need at least, and so what all of them can run.
  private static final int JAVA = 25;

  private PluginUnderTest plugin;
  private List<JarContent> jars;
  private PluginClasses classes;

  /// The plugin as it is dropped into `plugins/`: a jar, or a directory of jars.
  protected abstract Path plugin();

  /// Whether a class that the plugin's own code refers to need not be there, because the code works
  /// without.
  ///
  /// @param className with its package
  protected boolean isOptional(String className) {
    return false;
  }

  @BeforeAll
  void loadPlugin() {
    jars = PluginUnderTest.jars(plugin()).stream().map(JarContent::read).toList();
    classes = new PluginClasses(jars);
    plugin = PluginUnderTest.load(plugin());
  }

  @AfterAll
  void unloadPlugin() {
    if (plugin != null) {
      plugin.close();
    }
  }

  @Test
  void itSaysWhichPluginApiItWasMadeFor() {
    List<String> versions = jars.stream().flatMap(jar -> jar.apiVersion().stream()).toList();
    String ours = Integer.toString(Plugins.API_VERSION);
    Advice.unless(
        !versions.isEmpty() && versions.stream().allMatch(ours::equals),
        versions.isEmpty()
            ? "No jar has 'Gateway-Api' in its manifest (looked at: " + names() + ")."
            : "The manifest says 'Gateway-Api: " + versions + "', this gateway has " + ours + ".",
        "The gateway loads no plugin that was made for another plugin API, or does not say so.",
        "Build against gateway-api of this version and add 'Gateway-Api: "
            + ours
            + "' to the manifest of the plugin's own jar (maven-jar-plugin: manifestEntries).");
  }

  @Test
  void theServiceFileNamesItsProviders() {
    List<String> named = jars.stream().flatMap(jar -> jar.providers().stream()).toList();
    Advice.unless(
        !named.isEmpty(),
        "No jar has the file " + SERVICE_FILE + " with a class name in it.",
        "The gateway finds providers by that file and by nothing else.",
        "Add src/main/resources/" + SERVICE_FILE + " with the name of the provider's class.");
    Set<String> unusable = new TreeSet<>(named);
    plugin.description().providers().forEach(unusable::remove);
    Advice.unless(
        unusable.isEmpty(),
        "The gateway cannot use " + unusable + ". " + plugin.description().fault().orElse(""),
        "An operator who configures it would read exactly that.",
        "Make each a public class with a public constructor without arguments that implements"
            + " LlmProvider, or take its name out of "
            + SERVICE_FILE
            + ".");
  }

  @Test
  void theGatewayLoadsItWithoutAFault() {
    Advice.unless(
        plugin.description().fault().isEmpty(),
        plugin.description().fault().orElse(""),
        "This is what the gateway's own loader says of the plugin; an operator sees it at every"
            + " start.",
        "Correct it as the message says, and build the plugin again.");
  }

  @Test
  void itBringsNothingOfWhatTheGatewayProvides() {
    List<String> found = classes.shared();
    Advice.unless(
        found.isEmpty(),
        "The plugin has classes that the gateway provides: " + found + ".",
        "They would be other classes of the same names: casts between them fail, and logging goes"
            + " nowhere.",
        "Declare gateway-api and slf4j-api as 'provided' (Gradle: compileOnly), and leave them out"
            + " of the assembly.");
  }

  @Test
  void everyProviderIsFoundByItsNames() {
    for (InstalledProvider provider : plugin.providers()) {
      List<String> names = new ArrayList<>(provider.aliases());
      names.add(provider.className());
      names.add(shortName(provider));
      for (String name : names) {
        try {
          InstalledProvider found = plugin.plugins().find(name);
          Advice.unless(
              found.className().equals(provider.className()),
              "'%s' finds %s instead of %s."
                  .formatted(name, found.className(), provider.className()),
              "Operators would get another provider than the one they asked for.",
              "Give each provider names of its own (@Alias, and the simple names of the classes).");
        } catch (UnknownProviderException unknown) {
          throw Advice.error(
              String.valueOf(unknown.getMessage()),
              "Operators name a provider by its class name, an alias, or its short name.",
              "Give the providers' classes simple names that differ in more than case, '-' and"
                  + " '_'.");
        }
      }
    }
  }

  private static String shortName(InstalledProvider provider) {
    String simple =
        provider.className().substring(provider.className().lastIndexOf('.') + 1).replace("$", "");
    return simple.endsWith("Provider") && simple.length() > "Provider".length()
        ? simple.substring(0, simple.length() - "Provider".length())
        : simple;
  }

  @Test
  void itsClassesRunOnTheGatewaysJava() {
    List<String> tooNew = classes.newerThan(JAVA);
    Advice.unless(
        tooNew.isEmpty(),
        "%d classes were compiled for a newer Java than %d, among them %s."
            .formatted(tooNew.size(), JAVA, tooNew.stream().findFirst().orElse("")),
        "Gateways run on Java " + JAVA + " and newer; on " + JAVA + " the plugin could not load.",
        "Compile with '--release " + JAVA + "' (Maven: maven.compiler.release) or older.");
  }

  @Test
  void noClassIsInTwoJars() {
    Map<String, List<String>> owners = classes.inSeveralJars();
    Advice.unless(
        owners.isEmpty(),
        "%d classes are in more than one jar, among them %s."
            .formatted(owners.size(), owners.entrySet().stream().findFirst().orElse(null)),
        "Which of them is used depends on the names of the jars; updating one does nothing.",
        "Keep one jar of each library (mvn dependency:tree shows who brings the other).");
  }

  @Test
  void itNeedsNothingOfTheGatewayBesideTheApi() {
    Map<String, String> missing = classes.missing(this::isOptional);
    Advice.unless(
        missing.isEmpty(),
        "Classes are missing, by who needs them: " + missing + ".",
        "A plugin sees the JDK, the plugin API, SLF4J and its own jars, and no library of the"
            + " gateway.",
        "Put the libraries beside the plugin's jar, in one directory; if the code works without a"
            + " class, override isOptional.");
  }

  private String names() {
    return String.join(", ", jars.stream().map(JarContent::name).toList());
  }
}
