package io.agenticprimitives.gateway.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.api.llm.StreamEvent;
import io.agenticprimitives.gateway.core.BackendCall;
import io.agenticprimitives.gateway.core.CallOptions;
import io.agenticprimitives.gateway.core.pipeline.Calls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the gateway does about plugins that throw what they should not, or never come back.
@Timeout(60)
class MisbehaviourTest {
  @TempDir private Path directory;

  @AfterEach
  void release() {
    MisbehavingPlugin.release();
  }

  private static String ask(MisbehavingPlugin plugin, CallOptions options) {
    CompletionRequest request = Calls.request(Delivery.WHOLE);
    try (BackendCall call = plugin.gateway().complete(request, options)) {
      return call.pulling(() -> Completion.of(call)).toString();
    }
  }

  private static void assertThatTheOthersWork(MisbehavingPlugin plugin) {
    assertThat(ask(plugin, CallOptions.of("test"))).contains("Hello");
  }

  @ParameterizedTest
  @CsvSource({
    "stream, exception", "stream, checked", "stream, error", "stream, assertion",
    "stream, linkage", "stream, recursion", "next, exception", "next, checked",
    "next, error", "next, linkage", "next, recursion", "second, error"
  })
  void aCallWhosePluginThrowsIsToldSo(String where, String how) throws Exception {
    try (MisbehavingPlugin plugin = MisbehavingPlugin.open(directory, where, how)) {
      assertThatThrownBy(() -> ask(plugin, MisbehavingPlugin.bad()))
          .isInstanceOfSatisfying(
              BackendException.class,
              failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.INTERNAL))
          .hasMessageContaining("The provider of backend 'bad' failed in an unforeseen way")
          .hasMessageNotContaining("inside");
      assertThatTheOthersWork(plugin);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exception", "checked", "error", "linkage", "recursion"})
  void failuresOfModelsHealthAndCloseHarmNobody(String how) throws Exception {
    try (MisbehavingPlugin plugin = MisbehavingPlugin.open(directory, "models", how)) {
      assertThatThrownBy(() -> plugin.gateway().models(MisbehavingPlugin.bad()))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("The provider of backend 'bad' failed");
    }
    try (MisbehavingPlugin plugin = MisbehavingPlugin.open(directory, "health", how)) {
      assertThat(plugin.gateway().readiness().checks())
          .containsEntry("llm/bad", "down")
          .containsEntry("llm/good", "ok");
    }
    try (MisbehavingPlugin plugin = MisbehavingPlugin.open(directory, "close-stream", how)) {
      assertThat(ask(plugin, MisbehavingPlugin.bad())).contains("Hello");
    }
    try (MisbehavingPlugin plugin = MisbehavingPlugin.open(directory, "close", how)) {
      assertThat(ask(plugin, MisbehavingPlugin.bad())).contains("Hello");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "stream, sent nothing for 300 ms",
    "next, sent nothing for 300 ms",
    "second, fell silent for 300 ms"
  })
  void aCallerIsAnsweredAlthoughThePluginNeverComesBack(String where, String told)
      throws Exception {
    try (MisbehavingPlugin plugin = MisbehavingPlugin.open(directory, where, "block")) {
      CompletionRequest request = Calls.request(Delivery.STREAMED);
      try (BackendCall call = plugin.gateway().complete(request, MisbehavingPlugin.bad())) {
        assertThatThrownBy(() -> call.pulling(() -> Completion.of(call)))
            .isInstanceOfSatisfying(
                BackendException.class,
                failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT))
            .hasMessageContaining("Backend 'bad' " + told);
        assertThat(call.attempts().getLast().failure()).contains(ErrorKind.TIMEOUT);
      }
      assertThat(plugin.abandoned()).isEqualTo(1);
      assertThatTheOthersWork(plugin);
    }
  }

  @Test
  void aCallerWhoLeavesIsNotKept() throws Exception {
    try (MisbehavingPlugin plugin = MisbehavingPlugin.open(directory, "second", "block")) {
      CompletionRequest request = Calls.request(Delivery.WHOLE);
      BackendCall call = plugin.gateway().complete(request, MisbehavingPlugin.bad());
      CountDownLatch blocks = MisbehavingPlugin.blocks();
      Thread.ofVirtual()
          .start(
              () -> {
                awaitQuietly(blocks);
                call.close();
              });

      assertThatThrownBy(
              () ->
                  call.pulling(
                      () -> {
                        StreamEvent first = call.next();
                        call.next();
                        return first;
                      }))
          .isInstanceOfSatisfying(
              BackendException.class,
              failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CANCELLED));
      assertThat(plugin.abandoned()).isEqualTo(1);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void anAnswerDoesNotWaitForTheCloseOfItsStream() throws Exception {
    try (MisbehavingPlugin plugin = MisbehavingPlugin.open(directory, "close-stream", "block")) {
      assertThat(ask(plugin, MisbehavingPlugin.bad())).contains("Hello");
    }
  }

  @Test
  void modelsThatNeverComeAreATimeout() throws Exception {
    try (MisbehavingPlugin plugin = MisbehavingPlugin.open(directory, "models", "block")) {
      assertThatThrownBy(() -> plugin.gateway().models(MisbehavingPlugin.bad()))
          .isInstanceOfSatisfying(
              BackendException.class,
              failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT));
    }
  }

  @Test
  void aHealthCheckThatNeverEndsIsATimeout() throws Exception {
    try (MisbehavingPlugin plugin = MisbehavingPlugin.open(directory, "health", "block")) {
      assertThat(plugin.gateway().readiness().checks()).containsEntry("llm/bad", "timeout");
    }
  }

  @Test
  void aBackendThatNeverClosesDoesNotHoldUpTheEnd() throws Exception {
    MisbehavingPlugin plugin = MisbehavingPlugin.open(directory, "close", "block");
    assertThat(ask(plugin, MisbehavingPlugin.bad())).contains("Hello");

    plugin.gateway().close();

    plugin.close();
  }

  @Test
  void aProviderThatWaitsInOpenIsRefused() throws Exception {
    MisbehavingPlugin.source().jar(directory);
    try (Plugins plugins = Plugins.load(directory)) {
      InstalledProvider provider =
          plugins.find("com.example.bad.BadProvider").patientFor(Duration.ofMillis(300));
      Record config =
          provider
              .configType()
              .getConstructor(String.class, String.class)
              .newInstance("open", "block");

      assertThatThrownBy(() -> provider.open(config, Opening.CONTEXT))
          .isInstanceOf(PluginException.class)
          .hasMessageStartingWith(
              "Provider com.example.bad.BadProvider of plugin 'bad' cannot be used: opening a"
                  + " backend failed: it has not ended within 300 ms (it is at ")
          .hasMessageContaining("com.example.bad.BadProvider.block")
          .hasMessageContaining("must not wait for anything at the start");
    }
  }

  @Test
  void threadsThatAPluginLeavesAreKnown() throws Exception {
    TestPlugin.named("threads")
        .provider(
            ProviderSource.of("com.example.threads.ThreadsProvider")
                .with(
                    """
                    static String start() {
                      Thread.ofPlatform().daemon().name("left-by-plugin").start(() -> {
                        while (!Boolean.getBoolean("com.example.bad.released")) {
                          java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
                        }
                      });
                      return "";
                    }
                    """)
                .telling("start()"))
        .jar(directory);
    System.clearProperty("com.example.bad.released");
    try (Plugins plugins = Plugins.load(directory)) {
      InstalledProvider provider = plugins.find("com.example.threads.ThreadsProvider");
      assertThat(Opening.told(provider, "")).isEmpty();
      assertThat(LeftThreads.of(provider.classLoader())).contains("left-by-plugin");
    }
  }
}
