package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.server.output.Failure;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/// What every answer has in common, whoever makes it: ids, the headers that browsers need, and,
/// when the gateway stops, the end of the connection.
final class EdgeHandler extends Handler.Wrapper {
  private final Supplier<CorsPolicy> policy;
  private final BooleanSupplier stopping;

  /// @param policy which pages may call now; asked for once per request
  /// @param stopping whether connections are to be closed after their answers
  EdgeHandler(Supplier<CorsPolicy> policy, BooleanSupplier stopping) {
    this.policy = policy;
    this.stopping = stopping;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    CorsPolicy cors = policy.get();
    HttpFields.Mutable headers = response.getHeaders();
    Exchange.begin(request).ids().addTo(headers);
    if (request.getHeaders().contains(HttpHeader.ORIGIN)) {
      cors.addTo(headers, request);
    }
    if (stopping.getAsBoolean()) {
      headers.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
    }
    if (cors.isPreflight(request)) {
      answerPreflight(cors, request, response, callback);
      return true;
    }
    return super.handle(request, response, callback);
  }

  private static void answerPreflight(
      CorsPolicy cors, Request request, Response response, Callback callback) {
    if (!cors.allows(request)) {
      response.setStatus(HttpStatus.BAD_REQUEST_400);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, ErrorWriter.JSON);
      JsonBuffer body = new JsonBuffer();
      ErrorForm.of(Request.getPathInContext(request))
          .write(Failure.of(HttpStatus.BAD_REQUEST_400, "cors", "Disallowed CORS origin"), body);
      write(response, body, callback);
      return;
    }
    cors.addPreflightTo(response.getHeaders(), request);
    response.setStatus(HttpStatus.OK_200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.write(true, BufferUtil.toBuffer("OK", StandardCharsets.US_ASCII), callback);
  }

  private static void write(Response response, JsonBuffer body, Callback callback) {
    response.write(true, BufferUtil.toBuffer(body.toString(), StandardCharsets.US_ASCII), callback);
  }
}
