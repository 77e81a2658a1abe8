package interop.fakes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Starts both upstreams and their control port on free loopback ports, and writes the ports as
/// shell assignments into the file that is the only argument. Runs until it is killed.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws IOException {
    Calls calls = new Calls();
    Brain brain = new Brain();
    HttpListener openai = HttpListener.start(new OpenAIFake(calls, brain));
    HttpListener bedrock = HttpListener.start(new BedrockFake(calls, brain));
    int control = ControlPort.start(calls);
    String ports =
        "OPENAI_PORT=%d%nBEDROCK_PORT=%d%nCONTROL_PORT=%d%n"
            .formatted(openai.port(), bedrock.port(), control);
    Path file = Path.of(arguments[0]);
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(unfinished, ports);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
