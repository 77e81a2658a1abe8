package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.Backend;
import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.KeyDescription;
import io.agenticprimitives.gateway.core.config.RecordBinder;
import io.agenticprimitives.gateway.core.plugin.PluginException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// What operators write is bound, what they may get wrong is told so that they can correct it, and
/// no secret of theirs is ever shown.
///
/// ```java
/// class GreetingConfigTest extends ConfigContract {
///   @Override
///   protected ProviderUnderTest provider() {
///     return ProviderUnderTest.of(new GreetingProvider());
///   }
///
///   @Override
///   protected List<ConfigExample> examples() {
///     return List.of(
///         ConfigExample.works("greeting: Good day"),
///         ConfigExample.refused("greeting: ''", "greeting", "must not be empty"));
///   }
/// }
/// ```
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ConfigContract {
  private static final String MARK = "c4n4ry";

  /// As a secret could be, as a header cannot, and as an address of a proxy.
  private static final List<String> CANARIES =
      List.of(MARK + "-value", MARK + " \u0001\u00fc value", "http://user:" + MARK + "@host:0:x");

  private ProviderUnderTest provider;
  private SilentUpstream upstream;
  private List<KeyDescription> keys;

  /// The provider; it is closed after the tests.
  protected abstract ProviderUnderTest provider();

  /// What operators may write, at least one that works.
  protected abstract List<ConfigExample> examples();

  @BeforeAll
  void start() {
    upstream = new SilentUpstream();
    provider = provider();
    keys = RecordBinder.describe(provider.configType());
  }

  @AfterAll
  void stop() {
    if (provider != null) {
      provider.close();
    }
    upstream.close();
  }

  @Test
  void everyKeyIsDocumented() {
    List<String> silent =
        keys.stream().filter(key -> key.doc().isBlank()).map(KeyDescription::key).toList();
    Advice.unless(
        silent.isEmpty(),
        "Nothing is said about the keys " + silent + ".",
        "'gateway plugins' shows operators each key with its sentence; it is all they have.",
        "Write @Doc(\"...\") at each component of " + provider.configType().getName() + ".");
  }

  @Test
  void whatLooksLikeASecretIsOne() {
    List<String> plain = SecretKeys.unprotected(keys);
    Advice.unless(
        plain.isEmpty(),
        "The keys " + plain + " look like secrets and are plain text.",
        "A record prints its components: they would be seen in logs and in 'gateway config'.",
        "Make the components of type " + "io.agenticprimitives.gateway.api.config.Secret.");
  }

  @Test
  void anEmptyBlockWorksOrTellsWhatIsMissing() {
    BoundConfig bound = BoundConfig.of(provider, "", Map.of());
    Advice.unless(
        bound.record().isPresent() || namesAKey(bound.told(), bound.written()),
        "With no key at all the operator reads: " + bound.told(),
        "It does not say which key to write.",
        "Give what can have one a @Default; name the key in the message about what cannot.");
  }

  @TestFactory
  Stream<DynamicTest> examplesDoWhatTheyShould() {
    List<ConfigExample> examples = examples();
    Advice.unless(
        examples.stream().anyMatch(ConfigExample::works),
        "There is no example that works.",
        "Without one nothing is proven.",
        "Add ConfigExample.works(...).");
    return examples.stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.toString(),
                    () -> {
                      if (example.works()) {
                        works(example);
                      } else {
                        isRefused(example);
                      }
                    }));
  }

  private void works(ConfigExample example) throws InterruptedException {
    BoundConfig bound = bind(example);
    Record config =
        bound
            .record()
            .orElseThrow(
                () ->
                    Advice.error(
                        "It is refused: " + bound.told(),
                        "The example says that operators may write it.",
                        "Correct the example or " + provider.configType().getName() + "."));
    hidesSecrets(config.toString(), "toString() of the configuration", bound.written());
    try (Backend backend = PromptOpening.open(provider, config)) {
      Advice.unless(backend != null, "open(...) gave null.", "There is no backend.", "Return one.");
    }
  }

  private void isRefused(ConfigExample example) throws InterruptedException {
    BoundConfig bound = bind(example);
    String told = told(bound);
    Advice.unless(
        !told.isEmpty(),
        "It is accepted.",
        "What cannot work must be said at the start, not by the first call that fails.",
        "Throw an IllegalArgumentException in the record's constructor, with a message that names"
            + " the key and says what to write instead.");
    for (String text : example.told()) {
      Advice.unless(
          told.contains(text),
          "The operator reads: " + told + "\n  It does not say: " + text,
          "The example says that the operator must be able to read it.",
          "Correct the message, or the example.");
    }
    Advice.unless(
        namesAKey(told, bound.written()),
        "The operator reads: " + told,
        "It names no key, so that nobody knows what to change.",
        "Name the key in the message, in snake_case as it is written.");
    hidesSecrets(told, "The message", bound.written());
  }

  @TestFactory
  Stream<DynamicTest> noSecretIsShown() {
    Predicate<KeyDescription> own = key -> key.secret() && !key.key().matches(".*[.\\[].*");
    return examples().stream()
        .filter(ConfigExample::works)
        .flatMap(
            example ->
                keys.stream()
                    .filter(own)
                    .map(
                        key ->
                            DynamicTest.dynamicTest(
                                key.key() + " in what " + example, () -> hides(example, key))));
  }

  private void hides(ConfigExample example, KeyDescription key) throws InterruptedException {
    for (String canary : CANARIES) {
      Mapping written = SecretKeys.with(bind(example).written(), key, canary);
      BoundConfig bound = BoundConfig.bind(provider, written);
      String shown = bound.record().map(Record::toString).orElse("") + told(bound);
      Advice.unless(
          !shown.contains(MARK),
          "The value of '" + key.key() + "' is shown: " + shown,
          "Messages and toString() go to logs, which many people read.",
          "Say what is wrong with a secret without quoting it, and do not override toString().");
    }
  }

  /// What the operator is told; empty if it works.
  private String told(BoundConfig bound) throws InterruptedException {
    if (bound.record().isEmpty()) {
      return bound.told();
    }
    try (Backend _ = PromptOpening.open(provider, bound.record().get())) {
      return "";
    } catch (IllegalArgumentException | PluginException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  private BoundConfig bind(ConfigExample example) {
    return BoundConfig.of(provider, example.yaml(), Map.of("UPSTREAM", upstream.address()));
  }

  private boolean namesAKey(String told, Mapping written) {
    return Stream.concat(
            keys.stream().map(key -> key.key().replaceFirst("(\\[]|\\.).*", "")),
            written.keys().stream())
        .anyMatch(told::contains);
  }

  private void hidesSecrets(String text, String what, Mapping written) {
    Advice.unless(
        SecretKeys.valuesIn(written, keys).stream().noneMatch(text::contains),
        what + " shows a secret: " + text,
        "It goes to logs, which many people read.",
        "Keep secrets in components of type Secret, and quote none in messages.");
  }
}
