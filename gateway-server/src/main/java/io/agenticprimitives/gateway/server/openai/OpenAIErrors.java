package io.agenticprimitives.gateway.server.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.server.output.Failure;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import io.agenticprimitives.gateway.server.request.RequestFault;
import java.util.List;
import java.util.stream.Collectors;

/// Errors as SDKs of OpenAI expect them: `{"error": {message, type, code, param}}`. SDKs choose the
/// class of their exception by the status, and show the message; callers look at code and type, so
/// those of the upstream are kept.
public final class OpenAIErrors {
  /// The status that OpenAI has for a body that is wrong.
  public static final int WRONG_BODY = 400;

  private static final String INVALID = "invalid_request_error";

  private static final JsonMapper MAPPER = new JsonMapper();

  private OpenAIErrors() {}

  /// What callers are told who ask for a route that there is none of.
  public static Failure noSuchRoute(String method, String path) {
    return Failure.of(
        404,
        "http",
        "There is no "
            + method
            + " "
            + path
            + " here. This gateway has POST /v1/chat/completions, POST /v1/embeddings and GET"
            + " /v1/models; SDKs that use /v1/responses by default can be told to use chat"
            + " completions.");
  }

  /// Writes a failure.
  public static void write(Failure failure, JsonBuffer json) {
    String type = failure.upstream().type();
    String code = failure.upstream().code();
    write(
        failure.detail(),
        type.isEmpty() ? typeOf(failure) : type,
        code.isEmpty() ? codeOf(failure) : code,
        failure.parameter(),
        json);
  }

  private static String typeOf(Failure failure) {
    return switch (failure.status()) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 429 -> "rate_limit_error";
      default -> failure.status() < 500 ? INVALID : "server_error";
    };
  }

  /// A word that callers can act on; what is the gateway's or the upstream's fault is told by its
  /// kind.
  private static String codeOf(Failure failure) {
    return switch (failure.kind()) {
      case "unauthenticated" -> "invalid_api_key";
      case "rate_limited" -> "rate_limit_exceeded";
      case "unsupported" -> "unsupported_parameter";
      case "model_not_found" -> "model_not_found";
      default -> failure.status() < 500 ? "" : failure.kind();
    };
  }

  /// Writes what is wrong with a body: all of it in the message, the first in `param`.
  public static void write(List<RequestFault> faults, JsonBuffer json) {
    String message =
        faults.stream().map(OpenAIErrors::sentence).collect(Collectors.joining("; ")) + ".";
    write(message, INVALID, "", pathOf(faults.getFirst()), json);
  }

  private static String sentence(RequestFault fault) {
    String reason = fault.ctx().map(OpenAIErrors::reason).orElse("");
    String path = pathOf(fault);
    return path.isEmpty() ? fault.msg() + reason : "'" + path + "': " + fault.msg() + reason;
  }

  private static String reason(JsonText context) {
    try {
      String error = MAPPER.readTree(context.text()).path("error").asText();
      return error.isEmpty() ? "" : ": " + error;
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("JSON that was checked before", impossible);
    }
  }

  /// `messages[0].role` for instance. In faults of syntax it is not a field but an offset.
  private static String pathOf(RequestFault fault) {
    if (fault.type().equals("json_invalid")) {
      return "";
    }
    StringBuilder path = new StringBuilder();
    for (Object step : fault.loc().subList(1, fault.loc().size())) {
      if (step instanceof Integer index) {
        path.append('[').append(index).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step);
      }
    }
    return path.toString();
  }

  private static void write(
      String message, String type, String code, String parameter, JsonBuffer json) {
    json.object().name("error").object().field("message", message).field("type", type);
    writeOrNull("param", parameter, json);
    writeOrNull("code", code, json);
    json.endObject().endObject();
  }

  private static void writeOrNull(String name, String value, JsonBuffer json) {
    json.name(name);
    if (value.isEmpty()) {
      json.nullValue();
    } else {
      json.value(value);
    }
  }
}
