package io.agenticprimitives.gateway.provider.openai;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;

/// Looks up the addresses of a host. The system's resolver cannot be interrupted and may take half
/// a minute to fail; so it runs on a thread of its own, and the call waits no longer than it may
/// take to connect, or until it is given up. Calls that want the same host share one lookup.
final class HostLookup implements Dns {
  /// Completed when the call that the current thread executes is given up.
  static final ScopedValue<CompletableFuture<Void>> GIVEN_UP = ScopedValue.newInstance();

  private record Lookup(String host, CompletableFuture<List<InetAddress>> addresses) {}

  private final Dns resolver;
  private final Duration limit;
  private @Nullable Lookup running;

  HostLookup(Dns resolver, Duration limit) {
    this.resolver = resolver;
    this.limit = limit;
  }

  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    CompletableFuture<List<InetAddress>> addresses = shared(host);
    CompletableFuture<?> end =
        GIVEN_UP.isBound() ? CompletableFuture.anyOf(addresses, GIVEN_UP.get()) : addresses;
    try {
      end.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (addresses.isDone()) {
        return addresses.get();
      }
      throw failed("The lookup of the host was given up", null);
    } catch (ExecutionException failure) {
      throw failed("The host cannot be looked up", failure.getCause());
    } catch (TimeoutException slow) {
      throw failed("The lookup of the host took longer than " + limit.toMillis() + " ms", slow);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failed("The lookup of the host was interrupted", interrupted);
    }
  }

  private static UnknownHostException failed(String message, @Nullable Throwable cause) {
    UnknownHostException failure = new UnknownHostException(message);
    failure.initCause(cause);
    return failure;
  }

  private synchronized CompletableFuture<List<InetAddress>> shared(String host) {
    Lookup last = running;
    if (last != null && last.host().equals(host) && !last.addresses().isDone()) {
      return last.addresses();
    }
    CompletableFuture<List<InetAddress>> addresses = new CompletableFuture<>();
    running = new Lookup(host, addresses);
    Thread.ofPlatform().daemon().name("host-lookup").start(() -> resolve(host, addresses));
    return addresses;
  }

  private void resolve(String host, CompletableFuture<List<InetAddress>> addresses) {
    try {
      addresses.complete(resolver.lookup(host));
    } catch (UnknownHostException | RuntimeException failure) {
      addresses.completeExceptionally(failure);
    }
  }
}
