package interop.java;

/// Runs both suites and ends, whatever threads an SDK left behind.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    Harness.run("openai-java", version("openai-java-core"), new OpenAISuite().scenarios());
    Harness.run("langchain4j", version("langchain4j-open-ai"), new LangChain4jSuite().scenarios());
    System.exit(0);
  }

  /// By the name of the jar on the class path.
  private static String version(String artifact) {
    String path = System.getProperty("java.class.path");
    int start = path.indexOf(artifact + "-") + artifact.length() + 1;
    return path.substring(start, path.indexOf(".jar", start));
  }
}
