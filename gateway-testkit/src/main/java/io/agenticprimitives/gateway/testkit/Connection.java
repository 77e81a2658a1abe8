package io.agenticprimitives.gateway.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// One accepted connection. One thread does nothing but read, also while an answer is being sent,
/// because only a blocked read learns at once that the peer has closed; another runs the scripts.
final class Connection {
  private static final int MAXIMUM_PIPELINED = 100;
  private static final long LINGER_SECONDS = 2;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /// What the reading thread hands to the answering thread.
  private sealed interface Incoming {
    record ExpectingContinue() implements Incoming {}

    record Request(Supplier<Script> answer, boolean keepAlive) implements Incoming {}

    record Refused(int status, String message) implements Incoming {}

    record Nothing() implements Incoming {}
  }

  private final int number;
  private final Socket transport;
  private final @Nullable SSLSocketFactory tls;
  private final Dispatch dispatch;
  private final long maximumBodyBytes;
  private final CompletableFuture<Ending> ending = new CompletableFuture<>();
  private final BlockingQueue<Incoming> incoming = new LinkedBlockingQueue<>();

  Connection(
      int number,
      Socket transport,
      @Nullable SSLSocketFactory tls,
      Dispatch dispatch,
      long maximumBodyBytes) {
    this.number = number;
    this.transport = transport;
    this.tls = tls;
    this.dispatch = dispatch;
    this.maximumBodyBytes = maximumBodyBytes;
  }

  /// Completed when the peer or the server ended the connection, whichever was first.
  CompletableFuture<Ending> ending() {
    return ending;
  }

  /// Reads until the connection ends; answers on another thread of `threads`.
  void serve(Executor threads) {
    boolean answering = false;
    try {
      transport.setTcpNoDelay(true);
      Socket socket = secured();
      threads.execute(() -> answer(socket));
      answering = true;
      read(socket);
    } catch (IOException e) {
      ending.complete(Ending.byPeer(e.toString()));
      incoming.add(new Incoming.Nothing());
      if (!answering) {
        closeTransport();
      }
    } catch (RejectedExecutionException _) {
      abort("the server was closed");
    }
  }

  /// Ends the connection from any thread, without farewell.
  void abort(String reason) {
    ending.complete(Ending.byServer(reason));
    closeTransport();
  }

  private Socket secured() throws IOException {
    if (tls == null) {
      return transport;
    }
    SSLSocket secured = (SSLSocket) tls.createSocket(transport, null, true);
    try {
      secured.startHandshake();
    } catch (IOException e) {
      if (!ending.isDone()) {
        dispatch.failed(
            "TLS handshake on connection %d failed: %s. The client must use https:// and trust %s"
                .formatted(number, e.getMessage(), "certificatePem()."));
      }
      throw e;
    }
    return secured;
  }

  private void read(Socket socket) throws IOException {
    RequestReader reader =
        new RequestReader(
            socket.getInputStream(),
            maximumBodyBytes,
            () -> incoming.add(new Incoming.ExpectingContinue()));
    try {
      for (RequestMessage next = reader.next(); next != null; next = reader.next()) {
        if (incoming.size() >= MAXIMUM_PIPELINED) {
          throw new RequestRefused(400, "Too many requests at once on one connection");
        }
        Supplier<Script> answer = dispatch.arrived(new RecordedRequest(next, number, ending));
        incoming.add(new Incoming.Request(answer, next.keepAlive()));
      }
    } catch (RequestRefused refused) {
      dispatch.failed("Connection %d: %s".formatted(number, refused.reason()));
      incoming.add(new Incoming.Refused(refused.status(), refused.reason()));
      // Closing with unread bytes would send a reset that may overtake the answer.
      reader.discardTheRest();
    }
    ending.complete(Ending.byPeer("the peer closed its side"));
    incoming.add(new Incoming.Nothing());
  }

  private void answer(Socket socket) {
    try {
      OutputStream out = socket.getOutputStream();
      ScriptRunner.Afterwards afterwards = ScriptRunner.Afterwards.KEEP;
      while (afterwards == ScriptRunner.Afterwards.KEEP) {
        afterwards = answer(incoming.take(), socket, out);
      }
      end(afterwards, socket);
    } catch (IOException e) {
      ending.complete(Ending.byPeer(e.toString()));
    } catch (InterruptedException _) {
      ending.complete(Ending.byServer("the server was closed"));
    } finally {
      closeTransport();
    }
  }

  private ScriptRunner.Afterwards answer(Incoming next, Socket socket, OutputStream out)
      throws IOException, InterruptedException {
    return switch (next) {
      case Incoming.ExpectingContinue _ -> {
        out.write(CONTINUE);
        yield ScriptRunner.Afterwards.KEEP;
      }
      case Incoming.Request(Supplier<Script> answer, boolean keepAlive) -> {
        ScriptRunner.Afterwards wanted = new ScriptRunner(out, ending).run(answer.get());
        boolean last = wanted == ScriptRunner.Afterwards.KEEP && !keepAlive;
        yield last ? ScriptRunner.Afterwards.CLOSE : wanted;
      }
      case Incoming.Refused(int status, String message) -> {
        Script refusal = Dispatch.plainText(status, message).withHeader("Connection", "close");
        ScriptRunner.Afterwards close = new ScriptRunner(out, ending).run(refusal);
        socket.shutdownOutput();
        awaitPeer();
        yield close;
      }
      case Incoming.Nothing _ -> ScriptRunner.Afterwards.CLOSE;
    };
  }

  private void awaitPeer() throws InterruptedException {
    try {
      ending.get(LINGER_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException _) {
      // The peer had its time to read the refusal.
    }
  }

  private void end(ScriptRunner.Afterwards afterwards, Socket socket) throws IOException {
    if (afterwards == ScriptRunner.Afterwards.RESET) {
      ending.complete(Ending.byServer("its script reset it"));
      transport.setSoLinger(true, 0);
      return;
    }
    ending.complete(Ending.byServer("its script closed it, or had ended"));
    if (!socket.isOutputShutdown()) {
      socket.shutdownOutput();
    }
  }

  private void closeTransport() {
    try {
      transport.close();
    } catch (IOException _) {
      // It is gone, which is all that was wanted.
    }
  }
}
