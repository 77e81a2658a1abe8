import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Checks (`check`) or rewrites (`rewrite`) the format of every Java file below a folder. It is a
/// program of its own because the formatter has no Maven plugin that runs on the oldest JDK that
/// Maven itself may run on.
public final class CheckFormat {
  private CheckFormat() {}

  public static void main(String[] arguments) throws Exception {
    boolean rewrite = arguments[0].equals("rewrite");
    Path root = Path.of(arguments[1]);
    if (!Files.isDirectory(root)) {
      return;
    }
    List<Path> wrong = new ArrayList<>();
    try (var files = Files.walk(root)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String source = Files.readString(file);
        String formatted = format(source);
        if (!formatted.equals(source)) {
          wrong.add(file);
          if (rewrite) {
            Files.writeString(file, formatted);
          }
        }
      }
    }
    wrong.forEach(file -> System.err.println((rewrite ? "formatted " : "not formatted: ") + file));
    if (!rewrite && !wrong.isEmpty()) {
      System.err.println("Run: mvn process-test-sources -Dformat");
      System.exit(1);
    }
  }

  private static String format(String source) throws Exception {
    String imports = ImportOrderer.reorderImports(source, Style.GOOGLE);
    return new Formatter().formatSource(RemoveUnusedImports.removeUnusedImports(imports));
  }
}
