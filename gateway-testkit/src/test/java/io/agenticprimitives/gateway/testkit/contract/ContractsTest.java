package io.agenticprimitives.gateway.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// The contracts let a good plugin pass and say what is wrong with each bad one.
@SuppressWarnings("JUnitMethodInvoked") // What is tested are tests.
class ContractsTest {
  private static final ContractPlugin GOOD = ContractPlugin.good();

  @TempDir private Path directory;

  private static final class Packaging extends PackagingContract {
    private final Path plugin;

    Packaging(Path plugin) {
      this.plugin = plugin;
    }

    @Override
    protected Path plugin() {
      return plugin;
    }
  }

  private static final class Config extends ConfigContract {
    private final Path plugin;
    private final ConfigExample example;

    Config(Path plugin, ConfigExample example) {
      this.plugin = plugin;
      this.example = example;
    }

    @Override
    protected ProviderUnderTest provider() {
      return ProviderUnderTest.installed(plugin, ContractPlugin.NAME);
    }

    @Override
    protected List<ConfigExample> examples() {
      return List.of(ConfigExample.works(""), example);
    }
  }

  private static final class Unloading extends UnloadContract {
    private final Path plugin;

    Unloading(Path plugin) {
      this.plugin = plugin;
    }

    @Override
    protected Path plugin() {
      return plugin;
    }

    @Override
    protected String config() {
      return "providers: {llm: {backend: " + ContractPlugin.NAME + "}}";
    }

    @Override
    protected int rounds() {
      return 2;
    }
  }

  private void packaging(ContractPlugin plugin) throws Exception {
    Packaging contract = new Packaging(plugin.jar(directory));
    contract.loadPlugin();
    try {
      contract.itSaysWhichPluginApiItWasMadeFor();
      contract.itBringsNothingOfWhatTheGatewayProvides();
      contract.theServiceFileNamesItsProviders();
      contract.theGatewayLoadsItWithoutAFault();
      contract.everyProviderIsFoundByItsNames();
      contract.itsClassesRunOnTheGatewaysJava();
      contract.noClassIsInTwoJars();
      contract.itNeedsNothingOfTheGatewayBesideTheApi();
    } finally {
      contract.unloadPlugin();
    }
  }

  private void config(ContractPlugin plugin, ConfigExample example) throws Throwable {
    Config contract = new Config(plugin.jar(directory), example);
    contract.start();
    try {
      contract.everyKeyIsDocumented();
      contract.whatLooksLikeASecretIsOne();
      contract.anEmptyBlockWorksOrTellsWhatIsMissing();
      for (DynamicTest test :
          Stream.concat(contract.examplesDoWhatTheyShould(), contract.noSecretIsShown()).toList()) {
        test.getExecutable().execute();
      }
    } finally {
      contract.stop();
    }
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> advice(Executable contract) {
    return assertThatThrownBy(contract::execute)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Why it matters: ")
        .hasMessageContaining("What to do: ");
  }

  @Test
  void aGoodPluginPasses() {
    assertThatCode(() -> packaging(GOOD)).doesNotThrowAnyException();
    assertThatCode(() -> config(GOOD, ConfigExample.refused("txt: x", "text")))
        .doesNotThrowAnyException();
    assertThatCode(() -> new Unloading(GOOD.jar(directory)).nothingStaysBehind())
        .doesNotThrowAnyException();
  }

  @Test
  void aPluginThatDoesNotSayForWhichApiItWasMade() {
    advice(() -> packaging(GOOD.manifest(Map.of())))
        .hasMessageContaining("No jar has 'Gateway-Api' in its manifest")
        .hasMessageContaining("add 'Gateway-Api: 1'");
  }

  @Test
  void aPluginThatBringsSlf4j() {
    advice(() -> packaging(GOOD.with("org/slf4j/Logger.class")))
        .hasMessageContaining("org.slf4j.Logger in plugin.jar");
  }

  @Test
  void aPluginThatNeedsALibraryOfTheGateway() {
    advice(
            () ->
                packaging(GOOD.open("kept = io.agenticprimitives.gateway.core.CallOptions.class;")))
        .hasMessageContaining("io.agenticprimitives.gateway.core.CallOptions")
        .hasMessageContaining("no library of the gateway");
  }

  @Test
  void aKeyWithoutADoc() {
    advice(
            () ->
                config(
                    GOOD.config("@Default(\"x\") String text) {}"),
                    ConfigExample.refused("txt: x", "text")))
        .hasMessageContaining("Nothing is said about the keys [text]");
  }

  @Test
  void aSecretInPlainText() {
    advice(
            () ->
                config(
                    GOOD.config("@Doc(\"A key.\") @Default(\"x\") String apiKey) {}"),
                    ConfigExample.works("")))
        .hasMessageContaining("The keys [api_key] look like secrets");
  }

  @Test
  void aConfigurationThatShowsASecret() {
    advice(
            () ->
                config(
                    GOOD.config(
                        "@Doc(\"A key.\") Optional<Secret> apiKey) { public String toString() {"
                            + " return apiKey.map(Secret::value).toString(); } }"),
                    ConfigExample.works("")))
        .hasMessageContaining("The value of 'api_key' is shown");
  }

  @Test
  void whatShouldBeRefusedIsAccepted() {
    advice(() -> config(GOOD, ConfigExample.refused("text: anything", "text")))
        .hasMessageContaining("It is accepted.");
  }

  @Test
  void aMessageThatDoesNotSayWhatItShould() {
    advice(() -> config(GOOD, ConfigExample.refused("txt: x", "write it in capitals")))
        .hasMessageContaining("It does not say: write it in capitals");
  }

  @Test
  void aClassLoaderThatIsKept() {
    advice(
            () ->
                new Unloading(
                        GOOD.open(
                                "Runtime.getRuntime().addShutdownHook("
                                    + "new Thread(() -> kept = config));")
                            .jar(directory))
                    .nothingStaysBehind())
        .hasMessageContaining("2 of 2 class loaders are still in memory");
  }

  @Test
  void aThreadThatIsLeft() {
    advice(
            () ->
                new Unloading(
                        GOOD.open(
                                "Thread.ofPlatform().daemon().name(\"left\").start(() -> {"
                                    + " java.util.concurrent.locks.LockSupport.parkNanos("
                                    + "20_000_000_000L); });")
                            .jar(directory))
                    .nothingStaysBehind())
        .hasMessageContaining("Threads are still there 5 s after the plugin was unloaded")
        .hasMessageContaining("left");
  }
}
