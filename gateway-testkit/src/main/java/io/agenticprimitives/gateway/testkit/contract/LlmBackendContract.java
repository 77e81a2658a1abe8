package io.agenticprimitives.gateway.testkit.contract;

import io.agenticprimitives.gateway.api.llm.LlmBackend;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What every backend for language models must hold to. Extend it, say what the backend can do and
/// how its upstream speaks, and run it with JUnit:
///
/// ```java
/// class MyBackendContractTest extends LlmBackendContract {
///   @Override protected Set<Capability> capabilities() { return Set.of(Capability.TOOLS); }
///   @Override protected LlmBackend open(URI upstream) { return new MyProvider().open(...); }
///   @Override protected Optional<UpstreamDialect> dialect() { return Optional.of(new MyWords()); }
/// }
/// ```
///
/// What is declared must work, what is not must be refused or reported; streams end truthfully
/// whatever the upstream does; whoever gives a call up ends it upstream. Each failure says what is
/// wrong and what to do.
public abstract class LlmBackendContract {

  /// What the backend can do.
  protected abstract Set<Capability> capabilities();

  /// Opens a backend with a configuration that an operator could write. It is opened many times;
  /// the contract closes it.
  ///
  /// @param upstream where its upstream listens, without a path; of no meaning to a backend that
  ///   has none
  protected abstract LlmBackend open(URI upstream);

  /// How the upstream speaks; empty for a backend that has none, which is then tried by what can be
  /// seen without one.
  protected abstract Optional<UpstreamDialect> dialect();

  /// Secrets in that configuration, which must not appear in anything that callers are told.
  protected List<String> secrets() {
    return List.of();
  }

  /// How long something may take that should come at once. Only for machines that are very slow.
  protected Duration patience() {
    return Duration.ofSeconds(10);
  }

  /// Whether what was asked reaches the upstream.
  @TestFactory
  final Stream<DynamicTest> requests() {
    return tests(new RequestRules(this).rules());
  }

  /// Whether what the upstream answers reaches the caller.
  @TestFactory
  final Stream<DynamicTest> answers() {
    return tests(new AnswerRules(this).rules());
  }

  /// Whether the end of an answer is told as it was.
  @TestFactory
  final Stream<DynamicTest> endings() {
    return tests(new EndingRules(this).rules());
  }

  /// Whether failures of the upstream are told as what they are.
  @TestFactory
  final Stream<DynamicTest> failures() {
    return tests(new FailureRules(this).rules());
  }

  /// Whether giving a call up ends it.
  @TestFactory
  final Stream<DynamicTest> cancellation() {
    return tests(new CancellationRules(this).rules());
  }

  /// Whether calls side by side, opening and closing are as they should be.
  @TestFactory
  final Stream<DynamicTest> life() {
    return tests(new LifeRules(this).rules());
  }

  private static Stream<DynamicTest> tests(List<Rule> rules) {
    return rules.stream().map(Rule::test);
  }

  final boolean can(Capability capability) {
    return capabilities().contains(capability);
  }
}
