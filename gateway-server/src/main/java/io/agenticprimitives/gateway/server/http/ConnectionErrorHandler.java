package io.agenticprimitives.gateway.server.http;

import io.agenticprimitives.gateway.server.output.Failure;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Answers what fails below the routes (a request line that is none, headers that are too large),
/// in the form that all errors have. What went wrong inside is not told.
final class ConnectionErrorHandler extends ErrorHandler {

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    if (!headers.contains(HeaderNames.REQUEST_ID)) {
      RequestIds.of(request.getHeaders()).addTo(headers);
    }
    headers.put(HttpHeader.CONTENT_TYPE, ErrorWriter.JSON);
    String path = request.getHttpURI().getPath();
    ErrorForm form = path == null ? ErrorForm.NATIVE : ErrorForm.of(path);
    JsonBuffer body = new JsonBuffer();
    form.write(Failure.of(code, "http", HttpStatus.getMessage(code)), body);
    response.write(true, BufferUtil.toBuffer(body.toString(), StandardCharsets.US_ASCII), callback);
  }
}
