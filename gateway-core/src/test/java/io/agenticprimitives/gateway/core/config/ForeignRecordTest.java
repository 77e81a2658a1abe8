package io.agenticprimitives.gateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.config.Default;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForeignRecordTest {

  record Helper(int number) {}

  record Foreign(@Default("5") int number, Optional<Helper> helper) {}

  /// Loads the records of this test once more, as the class loader of a plugin would.
  private static final class PluginLoader extends ClassLoader {
    private final String missing;

    PluginLoader(String missing) {
      super(ForeignRecordTest.class.getClassLoader());
      this.missing = missing;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(missing)) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith(ForeignRecordTest.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private static Class<? extends Record> foreign(String missing) throws ClassNotFoundException {
    return new PluginLoader(missing).loadClass(Foreign.class.getName()).asSubclass(Record.class);
  }

  @Test
  void aRecordOfAnotherClassLoaderIsBound() throws Exception {
    Class<? extends Record> type = foreign("");
    Problems problems = new Problems();
    Optional<? extends Record> bound =
        RecordBinder.bind(Configs.root("helper: {number: 7}"), type, "config", problems);

    assertThat(type).isNotEqualTo(Foreign.class);
    assertThat(bound.orElseThrow()).isInstanceOf(type);
    assertThat(bound.orElseThrow().toString())
        .isEqualTo("Foreign[number=5, helper=Optional[Helper[number=7]]]");
  }

  @Test
  void aRecordThatNeedsAMissingClassIsAFaultOfTheProvider() throws Exception {
    Problems problems = new Problems();
    Optional<? extends Record> bound =
        RecordBinder.bind(
            Configs.root("number: 1"), foreign(Helper.class.getName()), "config", problems);

    assertThat(bound).isEmpty();
    assertThat(problems.list())
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .contains("a fault of the provider, not of this file", "Helper");
  }
}
