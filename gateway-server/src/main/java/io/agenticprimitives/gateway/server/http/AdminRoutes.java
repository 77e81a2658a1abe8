package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.core.CallOptions;
import io.agenticprimitives.gateway.core.RoutePlan;
import io.agenticprimitives.gateway.server.output.Failure;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import io.agenticprimitives.gateway.server.reload.ReloadResult;
import io.agenticprimitives.gateway.server.reload.Reloader;
import io.agenticprimitives.gateway.server.request.RequestFaultsException;
import io.agenticprimitives.gateway.server.request.RouteQuestionReader;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What operators ask of the running gateway.
final class AdminRoutes {
  private static final Logger log = LoggerFactory.getLogger("gateway");
  private static final String PREFIX = "/admin/";

  private final AdminAccess access;
  private final Reloader reloader;
  private final ServingState state;
  private final RequestBody body;

  AdminRoutes(AdminAccess access, Reloader reloader, ServingState state, RequestBody body) {
    this.access = access;
    this.reloader = reloader;
    this.state = state;
    this.body = body;
  }

  /// Whether a path is among these.
  static boolean isOne(String path) {
    return path.startsWith(PREFIX);
  }

  void apply(RoutesConfig routes) {
    routes.post(PREFIX + "reload", guarded(this::reload));
    routes.post(PREFIX + "drain", guarded(this::drain));
    routes.get(PREFIX + "config", guarded(this::config));
    routes.post(PREFIX + "route", guarded(this::route));
  }

  private Handler guarded(Handler handler) {
    return context -> {
      access.check(context);
      handler.handle(context);
    };
  }

  private void reload(Context context) throws IOException {
    switch (reloader.reload("POST /admin/reload")) {
      case ReloadResult.Applied applied ->
          ErrorWriter.send(context.res(), 200, ReloadJson.of(applied));
      case ReloadResult.Refused refused ->
          ErrorWriter.send(context.res(), 422, ReloadJson.of(refused));
    }
  }

  private void drain(Context context) throws IOException {
    state.drain();
    log.info("draining: /readyz says so from now on, and calls that come are served");
    ErrorWriter.send(
        context.res(), 200, new JsonBuffer().object().field("status", "draining").endObject());
  }

  private void config(Context context) throws IOException {
    byte[] yaml = reloader.effectiveConfig().getBytes(StandardCharsets.UTF_8);
    context.res().setContentType("application/yaml; charset=utf-8");
    context.res().setContentLength(yaml.length);
    context.res().getOutputStream().write(yaml);
  }

  private void route(Context context) throws IOException {
    try {
      String model = RouteQuestionReader.read(body.read(context.req()));
      String requestId = Exchange.of(context.req()).requestId();
      CallOptions options = CallHeaders.read(context.req(), requestId, false);
      RoutePlan plan = reloader.gateway().plan(model, options);
      ErrorWriter.send(context.res(), 200, json(model, plan));
    } catch (RequestFaultsException faults) {
      ErrorWriter.write(context.res(), ErrorForm.NATIVE, faults.faults());
    } catch (BackendException unknown) {
      throw new RequestRefusedException(Failure.of(unknown));
    }
  }

  private JsonBuffer json(String model, RoutePlan plan) {
    var load = reloader.gateway().load();
    JsonBuffer json = new JsonBuffer().object().field("model", model);
    json.field("reason", plan.reason()).name("targets").array();
    for (RoutePlan.Target target : plan.targets()) {
      json.object().field("backend", target.backend()).field("model", target.model());
      json.field("reason", target.reason());
      json.name("available").value(target.unavailable().isEmpty());
      if (!target.unavailable().isEmpty()) {
        json.field("unavailable", target.unavailable());
      }
      var now = load.get("llm/" + target.backend());
      if (now != null) {
        json.field("circuit_breaker", now.circuitBreaker());
        json.field("in_flight", now.inFlight()).field("queued", now.queued());
      }
      json.endObject();
    }
    return json.endArray().endObject();
  }
}
