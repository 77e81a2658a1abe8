package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.server.metrics.GatewayMetrics;
import io.agenticprimitives.gateway.server.metrics.Operation;
import io.agenticprimitives.gateway.server.openai.OpenAIErrors;
import io.agenticprimitives.gateway.server.output.Failure;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The table of routes, and what happens where there is none.
final class Routes {
  private static final Logger log = LoggerFactory.getLogger(Routes.class);

  private final LiveSettings settings;
  private final OperationsRoutes operations;
  private final LlmCalls llm;
  private final Optional<AdminRoutes> admin;

  /// @param admin if they are beside those of callers
  Routes(
      LiveSettings settings,
      OperationsRoutes operations,
      LlmCalls llm,
      Optional<AdminRoutes> admin) {
    this.settings = settings;
    this.operations = operations;
    this.llm = llm;
    this.admin = admin;
  }

  void apply(RoutesConfig routes) {
    routes.before(this::authenticate);

    CompletionRoutes completions = new CompletionRoutes(llm);
    routes.post(
        "/api/v1/llm/completions",
        context -> llm.serve(context, "completions", Operation.COMPLETE, completions::complete));
    routes.post(
        "/api/v1/llm/completions/stream",
        context -> llm.serve(context, "completions/stream", Operation.STREAM, completions::stream));
    routes.post(
        "/v1/chat/completions",
        context -> llm.serve(context, "chat/completions", Operation.COMPLETE, completions::chat));
    ModelsRoute models = new ModelsRoute(llm);
    get(
        routes,
        "/api/v1/llm/models",
        context -> llm.serve(context, "models", Operation.LIST_MODELS, models::list));

    EmbeddingsRoute embeddings = new EmbeddingsRoute(llm);
    routes.post(
        "/v1/embeddings",
        context -> llm.serve(context, "embeddings", Operation.EMBED, embeddings::embed));
    OpenAIModelsRoutes openAIModels = new OpenAIModelsRoutes(llm);
    get(
        routes,
        "/v1/models",
        context -> llm.serve(context, "v1/models", Operation.LIST_MODELS, openAIModels::list));
    get(
        routes,
        "/v1/models/<id>",
        context ->
            llm.serve(
                context,
                "v1/models/{id}",
                Operation.LIST_MODELS,
                call -> openAIModels.retrieve(call, context.pathParam("id"))));

    get(routes, "/healthz", operations::healthz);
    get(routes, "/readyz", operations::readyz);
    get(routes, "/metrics", this::metrics);
    get(routes, "/api/v1/providers", operations::providers);
    get(routes, "/api/v1/providers/status", operations::providersStatus);
    get(routes, "/auth/config", operations::authConfig);
    get(routes, "/api/v1/auth/whoami", operations::whoami);

    admin.ifPresent(adminRoutes -> adminRoutes.apply(routes));
    answerFailures(routes);
  }

  /// Answers what is thrown, in the form that all errors have.
  static void answerFailures(RoutesConfig routes) {
    routes.exception(HttpResponseException.class, Routes::answerUnrouted);
    routes.exception(RequestRefusedException.class, Routes::answerRefused);
    routes.exception(Exception.class, Routes::answerUnforeseen);
  }

  /// The server leaves the body of an answer to HEAD away.
  private static void get(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }

  private void metrics(Context context) {
    context.contentType(GatewayMetrics.CONTENT_TYPE).result(llm.metrics().scrape());
  }

  private void authenticate(Context context) {
    boolean forOperators = admin.isPresent() && AdminRoutes.isOne(context.path());
    if (forOperators || Authentication.isExempt(context.path())) {
      return;
    }
    Optional<Principal> principal =
        settings
            .authentication()
            .authenticate(context.header("Authorization"), context.header(HeaderNames.API_KEY));
    llm.metrics()
        .authenticated(
            settings.authentication().name(),
            principal.isPresent(),
            principal.map(Principal::type).orElse("anonymous"));
    if (principal.isEmpty()) {
      context.res().setHeader("WWW-Authenticate", "Bearer");
      throw new RequestRefusedException(
          Failure.of(401, "unauthenticated", "Invalid or missing credentials"));
    }
    OperationsRoutes.identify(context, principal.get());
  }

  /// 404, 405, and what else Javalin itself refuses; its own words name its classes and site.
  private static void answerUnrouted(HttpResponseException exception, Context context) {
    HttpStatus status = HttpStatus.forStatus(exception.getStatus());
    String allowed = exception.getDetails().get("availableMethods");
    if (status == HttpStatus.METHOD_NOT_ALLOWED && allowed != null) {
      context.res().setHeader("Allow", allowed);
    }
    boolean openAi = ErrorForm.of(context.path()) == ErrorForm.OPENAI;
    write(
        context,
        openAi && status == HttpStatus.NOT_FOUND
            ? OpenAIErrors.noSuchRoute(context.method().name(), context.path())
            : Failure.of(status.getCode(), "http", status.getMessage()));
  }

  private static void answerRefused(RequestRefusedException exception, Context context) {
    write(context, exception.failure());
    UnreadBody.discard(context.req(), Exchange.of(context.req()).connection());
  }

  private static void answerUnforeseen(Exception exception, Context context) {
    write(context, InternalFailures.of(Exchange.of(context.req()).requestId(), exception));
  }

  /// Even an error of the machine is answered in the form that all errors have.
  static void answerError(HttpServletResponse response, Error error) {
    String requestId = String.valueOf(response.getHeader(HeaderNames.REQUEST_ID));
    write(response, ErrorForm.NATIVE, InternalFailures.of(requestId, error));
  }

  private static void write(Context context, Failure failure) {
    write(context.res(), ErrorForm.of(context.path()), failure);
  }

  private static void write(HttpServletResponse response, ErrorForm form, Failure failure) {
    try {
      ErrorWriter.write(response, form, failure);
    } catch (IOException gone) {
      log.debug("The caller left before it was told of its error", gone);
    }
  }
}
