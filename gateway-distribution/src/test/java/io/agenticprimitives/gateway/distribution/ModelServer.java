package io.agenticprimitives.gateway.distribution;

import io.agenticprimitives.gateway.testkit.RecordedRequest;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.ScriptedUpstream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/// An upstream whose completions are scripted one by one and counted; what health checks ask of it
/// does not count.
final class ModelServer implements AutoCloseable {
  private final ScriptedUpstream upstream = ScriptedUpstream.start();
  private final BlockingQueue<Script> scripts = new LinkedBlockingQueue<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();

  ModelServer() {
    upstream.on("GET", "/v1/models", Script.json(200, "{\"data\":[]}"));
    upstream.onRequest(this::answer);
  }

  private Script answer(RecordedRequest request) {
    bodies.add(request.bodyText());
    return scripts.remove();
  }

  URI uri() {
    return upstream.uri();
  }

  void enqueue(Script... more) {
    scripts.addAll(List.of(more));
  }

  /// How many completions it was asked for.
  int asked() {
    return bodies.size();
  }

  String lastBody() {
    return bodies.getLast();
  }

  List<String> failures() {
    return upstream.failures();
  }

  @Override
  public void close() {
    upstream.close();
  }
}
