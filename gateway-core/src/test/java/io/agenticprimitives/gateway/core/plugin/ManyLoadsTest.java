package io.agenticprimitives.gateway.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.llm.Completion;
import io.agenticprimitives.gateway.api.llm.Delivery;
import io.agenticprimitives.gateway.core.BackendCall;
import io.agenticprimitives.gateway.core.pipeline.Calls;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A plugin that is loaded, opened, used and unloaded a thousand times leaves nothing behind.
class ManyLoadsTest {
  private static final int TIMES = 1000;

  /// What libraries and the JDK itself may open or start while they warm up.
  private static final int NOISE = 10;

  @TempDir private Path directory;

  @Test
  void aThousandLoadsLeaveNothing() throws Exception {
    ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    Set<Reference<ClassLoader>> alive = new HashSet<>();
    use(collected);
    long threads = Thread.getAllStackTraces().size();
    long files = openFiles();

    for (int i = 0; i < TIMES; i++) {
      alive.add(use(collected));
      for (var gone = collected.poll(); gone != null; gone = collected.poll()) {
        alive.remove(gone);
      }
    }

    for (int attempt = 0; attempt < 100 && !alive.isEmpty(); attempt++) {
      System.gc();
      for (var gone = collected.remove(100); gone != null; gone = collected.poll()) {
        alive.remove(gone);
      }
    }
    assertThat(alive).as("class loaders").isEmpty();
    assertThat((long) Thread.getAllStackTraces().size()).as("threads").isLessThan(threads + NOISE);
    assertThat(openFiles()).as("open files").isLessThan(files + NOISE);
  }

  private WeakReference<ClassLoader> use(ReferenceQueue<ClassLoader> collected) throws IOException {
    try (MisbehavingPlugin plugin = MisbehavingPlugin.open(directory, "nowhere", "nothing")) {
      try (BackendCall call =
          plugin.gateway().complete(Calls.request(Delivery.WHOLE), MisbehavingPlugin.bad())) {
        assertThat(call.pulling(() -> Completion.of(call)).toString()).contains("Hello");
      }
      return new WeakReference<>(plugin.classLoader(), collected);
    }
  }

  /// Zero where the system does not tell.
  private static long openFiles() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(descriptors)) {
      return files.count();
    }
  }
}
