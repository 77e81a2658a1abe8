package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.core.BackendCall;
import io.agenticprimitives.gateway.core.Gateway;
import io.agenticprimitives.gateway.core.config.ServerConfig;
import io.agenticprimitives.gateway.server.metrics.EndedCall;
import io.agenticprimitives.gateway.server.metrics.GatewayMetrics;
import io.agenticprimitives.gateway.server.metrics.Operation;
import io.agenticprimitives.gateway.server.output.Failure;
import io.agenticprimitives.gateway.server.output.KeepAliveTimer;
import io.agenticprimitives.gateway.server.request.RequestFaultsException;
import io.agenticprimitives.gateway.server.tracing.CallTrace;
import io.agenticprimitives.gateway.server.tracing.Tracing;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What all routes to language models share: a place among the calls under way, one line in the
/// log, and one way to end that fits what went wrong.
///
/// @param settings what the operator wants now
/// @param gateway the one that serves now; asked for once per call
/// @param calls all calls under way
/// @param watcher notices callers who leave
/// @param keepAlive keeps silent streams alive
/// @param body reads the bodies of requests
/// @param metrics counts what ended
/// @param tracing traces calls; null if they are not traced
record LlmCalls(
    LiveSettings settings,
    Supplier<Gateway> gateway,
    ActiveCalls calls,
    ClientWatcher watcher,
    KeepAliveTimer keepAlive,
    RequestBody body,
    GatewayMetrics metrics,
    @Nullable Tracing tracing) {

  /// What the operator wants now.
  ServerConfig config() {
    return settings.server();
  }

  /// What a route does with one request.
  @FunctionalInterface
  interface Route {
    /// Serves the request.
    ///
    /// @throws IOException if the caller cannot be reached
    void serve(Call call) throws IOException;
  }

  /// One request on its way through a route.
  record Call(
      HttpServletRequest request,
      HttpServletResponse response,
      Exchange exchange,
      CallerProfile caller,
      CallRecord record) {

    /// Notes which backend serves the call, and tells the caller.
    void servedBy(String backend) {
      record.servedBy(backend);
      response.setHeader(HeaderNames.GATEWAY_PROVIDER, HeaderValues.ascii(backend));
    }
  }

  /// Serves one request and answers whatever comes of it.
  ///
  /// @param operation what the route usually asks for
  void serve(Context context, String routeName, Operation operation, Route route) {
    Exchange exchange = Exchange.of(context.req());
    CallRecord record = new CallRecord(exchange, routeName, operation);
    CallTrace trace = tracing == null ? null : tracing.begin(context.req(), exchange.startedAt());
    if (trace != null) {
      record.tracedAs(trace.traceId());
    }
    AtomicBoolean entered = new AtomicBoolean();
    try {
      answer(context, exchange, record, route, entered);
    } catch (CallerLeftException | IOException gone) {
      abandon(exchange, record);
    } finally {
      EndedCall ended = record.end();
      metrics.ended(ended);
      if (trace != null) {
        trace.end(ended);
      }
      record.log(ended);
      // Last of all: a server that stops waits for the calls, and so for what is said of them.
      if (entered.get()) {
        calls.leave();
      }
    }
  }

  private void answer(
      Context context, Exchange exchange, CallRecord record, Route route, AtomicBoolean entered)
      throws IOException {
    HttpServletResponse response = context.res();
    ErrorForm form = ErrorForm.of(context.path());
    try {
      CallerProfile caller = callerOf(context, response);
      calls.enter();
      entered.set(true);
      route.serve(new Call(context.req(), response, exchange, caller, record));
    } catch (CallerLeftException gone) {
      throw gone;
    } catch (RequestFaultsException faults) {
      record.failed(Failure.of(form.wrongBody(), "invalid_request", "The body is wrong"));
      ErrorWriter.write(response, form, faults.faults());
    } catch (RequestRefusedException refused) {
      record.failed(refused.failure());
      ErrorWriter.write(response, form, refused.failure());
      UnreadBody.discard(context.req(), exchange.connection());
    } catch (RuntimeException | Error failure) {
      Failure told = failureOf(failure, exchange);
      record.failed(told);
      ErrorWriter.write(response, form, told);
    }
  }

  /// Makes a call known that ends when its caller leaves or the server stops.
  ///
  /// @param cancel ends it; must not block
  ActiveCall begin(Call call, Runnable cancel) {
    ActiveCall active = calls.begin(cancel);
    watcher.watch(call.exchange().connection(), active);
    return active;
  }

  /// Waits for an answer in one piece, and then adds to the headers what they say about it. A
  /// caller who leaves, and a server that stops, end the call.
  ///
  /// @param action pulls the call to its end
  <T> T await(Call call, BackendCall asked, Supplier<T> action) {
    try {
      return untilEnded(call, asked::close, () -> asked.pulling(action::get));
    } finally {
      AnswerHeaders.add(call.response(), asked);
    }
  }

  /// Does something that blocks and has no stream that could be closed: a caller who leaves, and a
  /// server that stops, interrupt this thread.
  <T> T interruptibly(Call call, Supplier<T> action) {
    try {
      return untilEnded(call, Thread.currentThread()::interrupt, action);
    } finally {
      // The interrupt was for the action alone, not for what the thread does next.
      var _ = Thread.interrupted();
    }
  }

  private <T> T untilEnded(Call call, Runnable cancel, Supplier<T> action) {
    ActiveCall active = begin(call, cancel);
    try {
      return action.get();
    } catch (BackendException failure) {
      throw Endings.explain(calls.release(active), failure);
    } finally {
      calls.release(active);
    }
  }

  private CallerProfile callerOf(Context context, HttpServletResponse response) {
    CallerProfile caller =
        CallerProfile.of(
            context.header("User-Agent"),
            context.header(HeaderNames.GATEWAY_TOOL_EVENTS),
            config());
    if (caller.closeConnection()) {
      response.setHeader("Connection", "close");
    }
    return caller;
  }

  /// A failure as the caller is told of it; what only the operator may know goes to the log.
  static Failure failureOf(Throwable failure, Exchange exchange) {
    return switch (failure) {
      case RequestRefusedException refused -> refused.failure();
      case BackendException told -> {
        if (told.kind() == ErrorKind.INTERNAL) {
          var _ = InternalFailures.of(exchange.requestId(), told);
        }
        yield Failure.of(told);
      }
      default -> InternalFailures.of(exchange.requestId(), failure);
    };
  }

  /// Nobody is there to be told anything. A caller who has closed only its sending half learns by
  /// the end of the connection that there will be no answer.
  private static void abandon(Exchange exchange, CallRecord record) {
    record.callerLeft();
    exchange.connection().close();
  }
}
