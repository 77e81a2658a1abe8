package io.agenticprimitives.gateway.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agenticprimitives.gateway.distribution.Fault.Told;
import io.agenticprimitives.gateway.distribution.Fault.When;
import io.agenticprimitives.gateway.testkit.Script;
import io.agenticprimitives.gateway.testkit.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Servers of OpenAI's dialect that cannot be reached, or answer with an error.
final class RefusalFaults {
  private static final String SAYS = "it has its reasons";
  private static final Script NOTHING = Script.of(new Step.Close());

  /// How servers write errors, by whose way it is.
  private static final Map<String, String> FORMS =
      Map.of(
          "OpenAI's form",
          "{\"error\":{\"message\":\"%s\",\"type\":\"t\",\"param\":null,\"code\":\"c\"}}",
          "vLLM's form",
          "{\"object\":\"error\",\"message\":\"%s\",\"type\":\"T\",\"param\":null,\"code\":1}",
          "Ollama's form",
          "{\"error\":\"%s\"}",
          "Mistral's form",
          "{\"object\":\"error\",\"message\":{\"detail\":[{\"type\":\"missing\","
              + "\"loc\":[\"body\",\"model\"],\"msg\":\"%s\"}]},\"type\":\"t\"}",
          "FastAPI's form",
          "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"model\"],\"msg\":\"%s\"}]}",
          "plain text",
          "%s",
          "HTML",
          "<html><head><title>%s</title></head><body><h1>no</h1></body></html>");

  private RefusalFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>(unreachable());
    for (String form : FORMS.keySet().stream().sorted().toList()) {
      faults.add(answered(400, form, 400, "invalid_request"));
      faults.add(answered(500, form, 502, "upstream_failure"));
    }
    faults.addAll(statuses());
    return faults;
  }

  private static List<Fault> unreachable() {
    return List.of(
        unreachable("refused", "connection refused", "the connection was refused"),
        unreachable("unknown-host", "DNS failure", "host name is unknown"),
        unreachable("untrusted", "TLS: certificate of an unknown issuer", "ca_certificate"),
        unreachable("no-tls", "TLS: the server does not speak it", "TLS"));
  }

  private static Fault unreachable(String backend, String name, String says) {
    Told told = new Told(502, "unreachable", says);
    return Fault.of(backend, name, When.BEFORE, NOTHING, told);
  }

  private static List<Fault> statuses() {
    return List.of(
        answered(401, "OpenAI's form", 502, "authentication"),
        answered(403, "OpenAI's form", 502, "permission"),
        answered(404, "OpenAI's form", 404, "not_found"),
        answered(408, "OpenAI's form", 504, "timeout"),
        answered(409, "OpenAI's form", 409, "conflict"),
        answered(413, "HTML", 413, "too_large"),
        answered(422, "FastAPI's form", 422, "unprocessable"),
        comeBack(429, 429, "rate_limited"),
        answered(502, "HTML", 502, "upstream_failure"),
        answered(503, "Ollama's form", 503, "overloaded"),
        comeBack(503, 503, "overloaded"),
        answered(504, "HTML", 504, "timeout"),
        answered(529, "OpenAI's form", 503, "overloaded"),
        Fault.of(
            "faulty",
            "302 to another address",
            When.BEFORE,
            Script.json(302, "{}").withHeader("Location", "http://127.0.0.1/elsewhere"),
            new Told(502, "upstream_failure", "302")),
        Fault.of(
            "faulty",
            "401 that repeats the key",
            When.BEFORE,
            script(401, "OpenAI's form", "Incorrect API key: " + FaultGateway.KEY),
            new Told(502, "authentication", "Incorrect API key")));
  }

  private static Fault answered(int upstream, String form, int status, String kind) {
    String name = upstream + " in " + form;
    Script script = script(upstream, form, SAYS);
    return Fault.of("faulty", name, When.BEFORE, script, new Told(status, kind, SAYS));
  }

  private static Fault comeBack(int upstream, int status, String kind) {
    Script script = script(upstream, "OpenAI's form", SAYS).withHeader("Retry-After", "7");
    String name = upstream + " with Retry-After: 7";
    return Fault.of("faulty", name, When.BEFORE, script, new Told(status, kind, SAYS));
  }

  private static Script script(int status, String form, String message) {
    String body = FORMS.getOrDefault(form, "").formatted(message);
    String type =
        switch (form) {
          case "plain text" -> "text/plain";
          case "HTML" -> "text/html";
          default -> "application/json";
        };
    return Script.bytes(status, type, body.getBytes(UTF_8));
  }
}
