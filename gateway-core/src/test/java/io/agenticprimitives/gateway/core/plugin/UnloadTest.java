package io.agenticprimitives.gateway.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UnloadTest {
  private static final int TIMES = 100;
  private static final String NAME = "com.example.unload.UnloadProvider";
  private static final String COPY = "unload-proof.jar";

  /// A provider that does what keeps jars open and class loaders alive: it reads a resource by its
  /// URL, logs, looks for services, and on demand forgets to close a resource, or fails.
  private static final ProviderSource SOURCE =
      ProviderSource.of(NAME)
          .alias("unload.proof")
          .with(
              """
              static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger("unload");
              static String use(String text) {
                LOG.info("opened");
                java.util.ServiceLoader.load(Runnable.class).forEach(Runnable::run);
                try (var in = UnloadProvider.class.getResource("/resource.txt").openStream()) {
                  String read = new String(in.readAllBytes());
                  if (text.equals("forget")) {
                    UnloadProvider.class.getResourceAsStream("/resource.txt").read();
                  }
                  if (text.equals("fail")) {
                    throw new OwnException();
                  }
                  return read;
                } catch (java.io.IOException failure) {
                  throw new java.io.UncheckedIOException(failure);
                }
              }
              static class OwnException extends RuntimeException {}
              """)
          .telling("use(config.text())");

  @TempDir private Path directory;

  private void install() throws IOException {
    TestPlugin.named("unload-proof")
        .provider(SOURCE)
        .service("com.example.Missing")
        .resource("resource.txt", "content")
        .build(directory);
  }

  @Test
  void classLoadersAreCollected() throws Exception {
    install();
    ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    Set<Reference<ClassLoader>> alive = new HashSet<>();
    for (int i = 0; i < TIMES; i++) {
      alive.add(useAndUnload(collected));
    }

    for (int attempt = 0; attempt < 2 * TIMES && !alive.isEmpty(); attempt++) {
      System.gc();
      for (var gone = collected.remove(200); gone != null; gone = collected.poll()) {
        alive.remove(gone);
      }
    }

    assertThat(alive).isEmpty();
  }

  private WeakReference<ClassLoader> useAndUnload(ReferenceQueue<ClassLoader> collected)
      throws ReflectiveOperationException {
    try (Plugins plugins = Plugins.load(directory)) {
      InstalledProvider provider = plugins.find(NAME);
      assertThat(Opening.told(provider, "")).isEqualTo("content");
      String failure = failure(provider);
      assertThat(failure).contains("opening a backend failed: OwnException.");
      return new WeakReference<>(provider.classLoader(), collected);
    }
  }

  private static String failure(InstalledProvider provider) throws ReflectiveOperationException {
    try {
      return "no failure: " + Opening.told(provider, "fail");
    } catch (PluginException failure) {
      return Objects.requireNonNullElse(failure.getMessage(), "");
    }
  }

  @Test
  void pluginsThatAreClosedButKeptHoldNothing() throws Exception {
    install();
    ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    Plugins plugins = Plugins.load(directory);
    var loader = new WeakReference<>(plugins.find(NAME).classLoader(), collected);
    plugins.close();

    Reference<?> gone = null;
    for (int attempt = 0; attempt < 50 && gone == null; attempt++) {
      System.gc();
      gone = collected.remove(200);
    }

    assertThat(gone).isSameAs(loader);
    assertThat(plugins.descriptions()).hasSize(1);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void noFileStaysOpen() throws Exception {
    install();
    for (int i = 0; i < TIMES; i++) {
      try (Plugins plugins = Plugins.load(directory)) {
        String text = i % 2 == 0 ? "close" : "forget";
        assertThat(Opening.told(plugins.find(NAME), text)).isEqualTo("content");
        assertThat(openFiles()).as("while it is loaded").isNotEmpty();
      }
      assertThat(openFiles()).as("after it is unloaded").isEmpty();
    }
  }

  @Test
  void noFileStaysOnDisk() throws Exception {
    install();
    List<Path> before = copies();
    try (Plugins plugins = Plugins.load(directory)) {
      assertThat(copies()).as("while %s is loaded", plugins).hasSize(before.size() + 1);
    }
    assertThat(copies()).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void copiesAreReadableByTheirOwnerOnly() throws Exception {
    install();
    List<Path> before = copies();
    try (Plugins plugins = Plugins.load(directory)) {
      List<Path> made = copies().stream().filter(copy -> !before.contains(copy)).toList();
      assertThat(made).as("while %s is loaded", plugins).hasSize(1);
      Path run = Objects.requireNonNull(made.getFirst().getParent());
      assertThat(Files.getPosixFilePermissions(run))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static List<Path> openFiles() throws IOException {
    List<Path> open = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        if (Files.isSymbolicLink(descriptor)) {
          Path target = Files.readSymbolicLink(descriptor);
          if (target.toString().contains(COPY)) {
            open.add(target);
          }
        }
      }
    }
    return open;
  }

  private static List<Path> copies() throws IOException {
    List<Path> copies = new ArrayList<>();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (var runs = Files.newDirectoryStream(temporary, "gateway-plugins-*")) {
      for (Path run : runs) {
        try (var files = Files.newDirectoryStream(run, "*" + COPY)) {
          files.forEach(copies::add);
        } catch (NoSuchFileException gone) {
          // It was another process's.
        }
      }
    }
    return copies;
  }
}
