package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.core.PrimitiveOverview;
import io.agenticprimitives.gateway.core.Readiness;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What operators and clients ask about the gateway itself.
final class OperationsRoutes {
  private static final String PRINCIPAL = Principal.class.getName();

  private final Supplier<Gateway> gateway;
  private final Authentication authentication;
  private final BooleanSupplier stopping;

  OperationsRoutes(
      Supplier<Gateway> gateway, Authentication authentication, BooleanSupplier stopping) {
    this.gateway = gateway;
    this.authentication = authentication;
    this.stopping = stopping;
  }

  /// Notes who a caller is, for [#whoami].
  static void identify(Context context, Principal principal) {
    context.attribute(PRINCIPAL, principal);
  }

  /// The process is alive.
  void healthz(Context context) throws IOException {
    ErrorWriter.send(
        context.res(), 200, new JsonBuffer().object().field("status", "ok").endObject());
  }

  /// The gateway can do its work. It cannot if a backend is down, or when it stops.
  void readyz(Context context) throws IOException {
    if (stopping.getAsBoolean()) {
      JsonBuffer json = new JsonBuffer().object().field("status", "stopping");
      ErrorWriter.send(context.res(), 503, json.name("checks").object().endObject().endObject());
      return;
    }
    Readiness readiness = gateway.get().readiness();
    JsonBuffer json =
        new JsonBuffer().object().field("status", readiness.ready() ? "ok" : "degraded");
    writeMap(json, "checks", readiness.checks());
    if (!readiness.reasons().isEmpty()) {
      writeMap(json, "reasons", readiness.reasons());
    }
    writeLoad(json);
    ErrorWriter.send(context.res(), readiness.ready() ? 200 : 503, json.endObject());
  }

  /// What is configured.
  void providers(Context context) throws IOException {
    JsonBuffer json = new JsonBuffer().object();
    for (Map.Entry<String, PrimitiveOverview> entry : gateway.get().providers().entrySet()) {
      json.name(entry.getKey()).object().field("default", entry.getValue().defaultBackend());
      json.name("available").array();
      entry.getValue().available().forEach(json::value);
      json.endArray().endObject();
    }
    ErrorWriter.send(context.res(), 200, json.endObject());
  }

  /// How the configured backends are.
  void providersStatus(Context context) throws IOException {
    JsonBuffer json = new JsonBuffer().object();
    writeMap(json, "checks", gateway.get().readiness().checks());
    writeLoad(json);
    ErrorWriter.send(context.res(), 200, json.endObject());
  }

  /// How callers prove who they are.
  void authConfig(Context context) throws IOException {
    JsonBuffer json = new JsonBuffer().object().field("backend", authentication.name());
    ErrorWriter.send(context.res(), 200, json.endObject());
  }

  /// Who the caller is.
  void whoami(Context context) throws IOException {
    Principal principal = Objects.requireNonNull(context.<Principal>attribute(PRINCIPAL));
    JsonBuffer json =
        new JsonBuffer().object().field("id", principal.id()).field("type", principal.type());
    json.name("is_admin").value(principal.isAdmin());
    json.name("groups").array();
    principal.groups().forEach(json::value);
    json.endArray().name("scopes").array();
    principal.scopes().forEach(json::value);
    ErrorWriter.send(context.res(), 200, json.endArray().endObject());
  }

  private void writeLoad(JsonBuffer json) {
    json.name("load").object();
    gateway
        .get()
        .load()
        .forEach(
            (name, load) -> {
              json.name(name).object().field("circuit_breaker", load.circuitBreaker());
              json.name("in_flight").value(load.inFlight());
              json.name("queued").value(load.queued()).endObject();
            });
    json.endObject();
  }

  private static void writeMap(JsonBuffer json, String name, Map<String, String> map) {
    json.name(name).object();
    map.forEach(json::field);
    json.endObject();
  }
}
