package com.example.anthropic;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// One request and its answer, read by one thread; any thread may close it at any time.
final class Exchange implements AutoCloseable {
  private static final int MAX_ERROR_BODY = 64 * 1024;
  private static final Duration MOMENT = Duration.ofMillis(200);

  private final HttpClient http;
  private final HttpRequest request;
  private final CallContext call;
  private final UpstreamErrors errors;

  /// Guards the three below.
  private final Object lock = new Object();

  private boolean closed;
  private @Nullable CompletableFuture<HttpResponse<InputStream>> sent;
  private @Nullable InputStream body;

  Exchange(HttpClient http, HttpRequest request, CallContext call, UpstreamErrors errors) {
    this.http = http;
    this.request = request;
    this.call = call;
    this.errors = errors;
  }

  /// Sends the request and waits for the head of the answer.
  ///
  /// @return the body, an event stream
  InputStream open() {
    HttpResponse<InputStream> answer = await(send());
    answer.headers().map().forEach((name, values) -> call.answerHeader(name, values.getFirst()));
    InputStream content = keep(answer.body());
    if (answer.statusCode() != 200) {
      throw errors.ofAnswer(answer.statusCode(), answer.headers(), text(content));
    }
    String type = answer.headers().firstValue("content-type").orElse("");
    if (!type.startsWith("text/event-stream")) {
      throw new BackendException(
          ErrorKind.UPSTREAM_FAILURE,
          "The upstream did not answer with an event stream. Is base_url that of an Anthropic"
              + " API?");
    }
    return content;
  }

  private CompletableFuture<HttpResponse<InputStream>> send() {
    synchronized (lock) {
      if (closed) {
        throw cancelled();
      }
      CompletableFuture<HttpResponse<InputStream>> answer =
          http.sendAsync(request, _ -> new BodyStream());
      sent = answer;
      return answer;
    }
  }

  private HttpResponse<InputStream> await(CompletableFuture<HttpResponse<InputStream>> answer) {
    try {
      return answer.get();
    } catch (CancellationException _) {
      throw cancelled();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      close();
      throw cancelled();
    } catch (ExecutionException failure) {
      throw isClosed() ? cancelled() : ConnectionFailures.explain(failure.getCause());
    }
  }

  private InputStream keep(InputStream content) {
    synchronized (lock) {
      body = content;
      if (closed) {
        closeQuietly(content);
        throw cancelled();
      }
      return content;
    }
  }

  private String text(InputStream content) {
    try {
      return new String(content.readNBytes(MAX_ERROR_BODY), StandardCharsets.UTF_8);
    } catch (IOException _) {
      // The status says enough.
      return "";
    }
  }

  /// The answer is complete. Reads on to the end of the body, so that the connection can serve
  /// another call; an upstream that does not come to it loses the connection.
  void finish() {
    InputStream rest = content();
    Thread watch = Thread.ofVirtual().start(() -> closeInAMoment(rest));
    try {
      rest.transferTo(OutputStream.nullOutputStream());
    } catch (IOException _) {
      // Nothing that the caller needs was in it.
    } finally {
      watch.interrupt();
    }
  }

  private InputStream content() {
    synchronized (lock) {
      return body == null ? InputStream.nullInputStream() : body;
    }
  }

  private static void closeInAMoment(InputStream rest) {
    try {
      Thread.sleep(MOMENT);
      closeQuietly(rest);
    } catch (InterruptedException _) {
      // The end came in time.
    }
  }

  /// What a failed read of the body means.
  BackendException broken(IOException failure) {
    return isClosed()
        ? cancelled()
        : new BackendException(ErrorKind.CUT, "The upstream broke off its answer.", failure);
  }

  boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  static BackendException cancelled() {
    return new BackendException(ErrorKind.CANCELLED, "The call was given up.");
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      if (sent != null) {
        sent.cancel(true);
      }
      if (body != null) {
        closeQuietly(body);
      }
    }
  }

  private static void closeQuietly(InputStream content) {
    try {
      content.close();
    } catch (IOException _) {
      // It is of no use to anybody any more.
    }
  }
}
