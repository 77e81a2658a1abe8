package io.agenticprimitives.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.core.config.ConfigLoader;
import io.agenticprimitives.gateway.core.config.LoadedConfig;
import io.agenticprimitives.gateway.core.pipeline.Calls;
import io.agenticprimitives.gateway.core.plugin.Plugins;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTest {
  private final List<TrackedBackend> opened = new CopyOnWriteArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();

  @TempDir Path directory;
  private SharedBackends shared;
  private Plugins plugins;
  private Gateway gateway;

  @BeforeEach
  void open() throws IOException {
    shared =
        new SharedBackends(
            directory,
            text -> {
              if (text.contains("refused")) {
                throw new IllegalArgumentException("text must not be refused");
              }
              TrackedBackend backend = new TrackedBackend(text, faults);
              opened.add(backend);
              return backend;
            });
    plugins = Plugins.load(directory);
    LoadedConfig loaded = load("a: {backend: PROVIDER, config: {text: one}}");
    gateway = Gateway.open(loaded.config().orElseThrow(), plugins, loaded.problems()).orElseThrow();
  }

  @AfterEach
  void close() {
    gateway.close();
    plugins.close();
    shared.close();
    assertThat(faults).isEmpty();
  }

  private static LoadedConfig load(String... backends) {
    String yaml =
        "providers: {llm: {default: a, backends: {%s}}}"
            .formatted(String.join(", ", backends).replace("PROVIDER", SharedBackends.PROVIDER));
    return ConfigLoader.parse(yaml, "test.yaml", Map.of(), Path.of(""));
  }

  private BackendChanges reload(String... backends) {
    LoadedConfig loaded = load(backends);
    return gateway
        .reload(loaded.config().orElseThrow(), plugins, loaded.problems())
        .orElseThrow(() -> new AssertionError(loaded.problems().report()));
  }

  private BackendCall call() {
    return gateway.complete(Calls.request(Delivery.STREAMED), CallOptions.of("r"));
  }

  private String answer() {
    try (BackendCall call = call()) {
      return Completion.of(call).text();
    }
  }

  private static void awaitEnd(TrackedBackend backend) throws InterruptedException {
    assertThat(backend.closed.await(10, TimeUnit.SECONDS)).as("%s ends", backend.text).isTrue();
  }

  @Test
  void aBackendThatStaysTheSameIsCarriedOverWhereverItStands() {
    BackendChanges changes =
        reload(
            "\n\n  b: {backend: PROVIDER, config: {text: two}}",
            "\n  a: {config: {'text': one}, backend: PROVIDER}");

    assertThat(changes).isEqualTo(new BackendChanges(List.of("a"), List.of("b"), List.of()));
  }

  @Test
  void aBackendThatWasCarriedOverIsTheSame() {
    assertThat(reload("a: {backend: PROVIDER, config: {text: one}}").opened()).isEmpty();

    assertThat(answer()).isEqualTo("one");
    assertThat(opened).hasSize(1);
  }

  @Test
  void aBackendWithAnotherPolicyIsOpenedAnew() throws Exception {
    BackendChanges changes =
        reload("a: {backend: PROVIDER, config: {text: one}, max_concurrent: 3}");

    assertThat(changes).isEqualTo(new BackendChanges(List.of(), List.of("a"), List.of("a")));
    awaitEnd(opened.getFirst());
  }

  @Test
  void callsUnderWayEndOnTheBackendThatTheyBeganWith() throws Exception {
    BackendCall before = call();
    BackendCall notBegun = call();
    assertThat(before.next()).isInstanceOf(StreamEvent.Started.class);

    reload("a: {backend: PROVIDER, config: {text: two}}");

    assertThat(answer()).isEqualTo("two");
    assertThat(before.next()).isEqualTo(new StreamEvent.TextDelta("one"));
    assertThat(Completion.of(notBegun).text()).isEqualTo("one");
    notBegun.close();
    assertThat(opened.getFirst().ends()).isZero();
    before.close();
    awaitEnd(opened.getFirst());
    assertThat(opened.get(1).ends()).isZero();
  }

  @Test
  void aConfigurationThatCannotWorkChangesNothing() throws Exception {
    LoadedConfig bad =
        load(
            "a: {backend: PROVIDER, config: {text: one}}",
            "b: {backend: PROVIDER, config: {text: two}}",
            "c: {backend: PROVIDER, config: {text: refused}}");

    assertThat(gateway.reload(bad.config().orElseThrow(), plugins, bad.problems())).isEmpty();

    assertThat(bad.problems().report()).contains("text must not be refused");
    awaitEnd(opened.get(1));
    assertThat(answer()).isEqualTo("one");
    assertThat(gateway.backends()).hasSize(1);
  }

  @Test
  void whatIsClosedWhileACallRunsEndsAfterIt() throws Exception {
    BackendCall call = call();
    assertThat(call.next()).isInstanceOf(StreamEvent.Started.class);
    gateway.close();
    assertThat(opened.getFirst().ends()).isZero();

    call.close();

    awaitEnd(opened.getFirst());
  }
}
