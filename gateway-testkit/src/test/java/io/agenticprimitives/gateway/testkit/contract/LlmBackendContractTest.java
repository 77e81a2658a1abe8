package io.agenticprimitives.gateway.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.llm.LlmBackend;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A good backend passes, and each fault of a bad one is found and told in words that help.
class LlmBackendContractTest {
  private static final class LineContract extends LlmBackendContract {
    private final Fault fault;

    LineContract(Fault fault) {
      this.fault = fault;
    }

    @Override
    protected Set<Capability> capabilities() {
      return Set.of();
    }

    @Override
    protected LlmBackend open(URI upstream) {
      return new LineBackend(upstream, fault);
    }

    @Override
    protected Optional<UpstreamDialect> dialect() {
      return Optional.of(new LineWords());
    }

    @Override
    protected List<String> secrets() {
      return List.of(LineBackend.KEY);
    }

    @Override
    protected Duration patience() {
      return fault == Fault.NONE ? super.patience() : Duration.ofSeconds(2);
    }

    Stream<DynamicTest> all() {
      return Stream.of(requests(), answers(), endings(), failures(), cancellation(), life())
          .flatMap(tests -> tests);
    }
  }

  /// Those of the rules that are broken, by name, with what is said of it.
  private static Map<String, String> broken(Fault fault, String rules) {
    Map<String, String> broken = new TreeMap<>();
    new LineContract(fault)
        .all()
        .filter(test -> test.getDisplayName().contains(rules))
        .forEach(
            test -> {
              try {
                test.getExecutable().execute();
              } catch (Throwable failure) {
                broken.put(test.getDisplayName(), String.valueOf(failure.getMessage()));
              }
            });
    return broken;
  }

  @Test
  void aGoodBackendPasses() {
    assertThat(broken(Fault.NONE, "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MAKES_UP_FINISH     | is not told as finished       | throw ErrorKind.CUT
          DROPS_PICTURES      | a picture: refused or reported | call.adjusted
          TELLS_SECRETS       | a 401 is told                 | Take secrets out
          LETS_EXCEPTIONS_OUT | whose connection is reset     | Throw a BackendException
          IGNORES_CLOSE       | closing ends the wait         | let close() end it from any thread
          WAITS_IN_STREAM     | stream() does not wait        | Do all waiting in next()
          KNOWS_ONE_KIND      | a 404 is told as what it means | ErrorKind.ofUpstreamStatus
          MIXES_CALLS         | calls side by side            | Keep nothing of a call
          """)
  void eachFaultIsFound(Fault fault, String rule, String remedy) {
    assertThat(broken(fault, rule).values())
        .anySatisfy(message -> assertThat(message).contains("What to do: ").contains(remedy));
  }
}
