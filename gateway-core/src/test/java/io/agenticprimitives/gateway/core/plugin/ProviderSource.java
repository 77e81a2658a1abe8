package io.agenticprimitives.gateway.core.plugin;

/// The Java source of a provider. What its backends have to tell, they tell in `toString()`.
record ProviderSource(String className, String annotations, String members, String told) {

  /// A provider that works; it tells the text of its configuration.
  static ProviderSource of(String className) {
    return new ProviderSource(className, "", "", "config.text()");
  }

  /// @param expression the Java expression for what the backends tell, evaluated in `open`
  ProviderSource telling(String expression) {
    return new ProviderSource(className, annotations, members, expression);
  }

  /// @param code what to put into the class besides
  ProviderSource with(String code) {
    return new ProviderSource(className, annotations, members + code, told);
  }

  ProviderSource alias(String... aliases) {
    String list = String.join("\", \"", aliases);
    return new ProviderSource(className, "@Alias({\"" + list + "\"})", members, told);
  }

  String text() {
    int dot = className.lastIndexOf('.');
    return """
    package %s;

    import io.agenticprimitives.gateway.api.*;
    import io.agenticprimitives.gateway.api.llm.*;
    import java.util.List;

    %s
    public class %s implements LlmProvider<%3$s.Config> {
      public record Config(String text) {}

      %s

      @Override
      public Class<Config> configType() {
        return Config.class;
      }

      @Override
      public LlmBackend open(Config config, BackendContext context) {
        return new Telling(%s);
      }

      record Telling(String text) implements LlmBackend {
        @Override
        public EventStream stream(CompletionRequest request, CallContext call) {
          return EventStream.of(List.of());
        }

        @Override
        public List<ModelInfo> models(CallContext call) {
          return List.of();
        }

        @Override
        public void close() {}

        @Override
        public String toString() {
          return text;
        }
      }
    }
    """
        .formatted(
            className.substring(0, dot), annotations, className.substring(dot + 1), members, told);
  }
}
