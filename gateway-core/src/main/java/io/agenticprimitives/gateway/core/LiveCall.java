package io.agenticprimitives.gateway.core;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// What a backend is told of a call that is under way, and what it reports about it. It belongs to
/// one attempt: what another backend had to adjust is not this one's.
final class LiveCall implements CallContext, AutoCloseable {
  private static final int LONGEST_HEADER = 256;
  private static final int MOST_HEADERS = 32;

  private final String backend;
  private final CallOptions options;
  private final Optional<Secret> authorization;
  private final Supplier<Duration> remaining;
  private final AnswerMemory.Share memory;
  private final List<Adjustment> adjustments = new CopyOnWriteArrayList<>();
  private final Map<String, String> answerHeaders = new ConcurrentHashMap<>();

  /// @param backend the name of the backend that is asked
  /// @param passAuthorization whether the backend gets the caller's `Authorization` header
  /// @param remaining the time that is left, never negative
  LiveCall(
      String backend,
      CallOptions options,
      boolean passAuthorization,
      Supplier<Duration> remaining) {
    this.backend = backend;
    this.options = options;
    this.authorization = passAuthorization ? options.authorization() : Optional.empty();
    this.remaining = remaining;
    this.memory = AnswerMemory.OF_PROCESS.new Share(backend);
  }

  /// A call of a backend that begins now.
  static LiveCall within(LlmService service, CallOptions options, Duration total) {
    long deadline = System.nanoTime() + total.toNanos();
    return new LiveCall(
        service.name(),
        options,
        service.policy().passAuthorization(),
        () -> Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
  }

  @Override
  public String requestId() {
    return options.requestId();
  }

  @Override
  public Duration remaining() {
    return remaining.get();
  }

  @Override
  public Optional<Secret> credential(String service, String key) {
    return Optional.ofNullable(options.credentials().get(service + "/" + key));
  }

  @Override
  public Optional<Secret> callerAuthorization() {
    return authorization;
  }

  @Override
  public Optional<String> traceParent() {
    return options.traceParent();
  }

  @Override
  public void reserveMemory(long bytes) {
    memory.take(bytes);
  }

  /// The memory of the attempt is free again. What was reported stays.
  @Override
  public void close() {
    memory.close();
  }

  @Override
  public void adjusted(String path, Action action, String reason) {
    if (options.strict()) {
      throw new BackendException(
              ErrorKind.UNSUPPORTED,
              "Strict mode: backend '%s' cannot take '%s' as it is: %s"
                  .formatted(backend, path, reason))
          .withParameter(path);
    }
    adjustments.add(new Adjustment(path, action, reason));
  }

  @Override
  public void answerHeader(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (isForCallers(lower)
        && value.length() <= LONGEST_HEADER
        && answerHeaders.size() < MOST_HEADERS) {
      answerHeaders.put(lower, value);
    }
  }

  /// Limits as OpenAI, Anthropic and the IETF's draft name them; the id that the upstream's support
  /// asks for.
  private static boolean isForCallers(String name) {
    return name.startsWith("x-ratelimit-")
        || name.startsWith("anthropic-ratelimit-")
        || name.startsWith("ratelimit")
        || name.equals("x-request-id")
        || name.equals("request-id")
        || name.equals("x-amzn-requestid");
  }

  /// What the upstream's answer said in its headers, by name in lower case.
  Map<String, String> answerHeaders() {
    return Map.copyOf(answerHeaders);
  }

  List<Adjustment> adjustments() {
    return List.copyOf(adjustments);
  }
}
