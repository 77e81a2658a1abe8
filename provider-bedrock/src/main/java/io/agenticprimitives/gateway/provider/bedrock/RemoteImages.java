package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.CompletionRequest;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.HttpUrl;

/// Puts the bytes of pictures in the place of their addresses. Thread-safe.
final class RemoteImages {
  /// The most pictures that Converse takes.
  private static final int MOST = 20;

  /// The most bytes of all pictures of a request.
  private static final long MOST_BYTES = 20 << 20;

  private static final int AT_ONCE = 4;
  private static final int AT_ONCE_FOR_ALL_CALLS = 32;

  private final RemoteImagesConfig config;
  private final ImageFetcher fetcher;
  private final Semaphore free = new Semaphore(AT_ONCE_FOR_ALL_CALLS);

  RemoteImages(RemoteImagesConfig config, ImageFetcher fetcher) {
    this.config = config;
    this.fetcher = fetcher;
  }

  private record Fetched(HttpUrl url, MediaSource.Inline picture) {}

  /// The addresses of pictures in a request, by their places; each is one that may be fetched from.
  /// Addresses of other kinds are not looked at.
  ///
  /// @throws BackendException if one may not be, or there are too many
  Map<String, HttpUrl> in(CompletionRequest request) {
    Map<String, HttpUrl> addresses = new LinkedHashMap<>();
    new ImagePlaces(
            (path, image) -> {
              if (image.source() instanceof MediaSource.Url(String address) && isHttps(address)) {
                addresses.put(path, checked(path, address));
              }
              return image;
            })
        .applied(request);
    if (addresses.size() > MOST) {
      throw Reports.invalid(
          "messages",
          "Bedrock takes %d pictures; the request names %d by their addresses."
              .formatted(MOST, addresses.size()));
    }
    return addresses;
  }

  private static boolean isHttps(String address) {
    return address.strip().regionMatches(true, 0, "https:", 0, "https:".length());
  }

  private HttpUrl checked(String path, String address) {
    try {
      return fetcher.checked(address.strip());
    } catch (UnusableImageException refused) {
      throw refused.at(path);
    }
  }

  /// Fetches the pictures. It blocks; interrupting the thread ends that.
  ///
  /// @param addresses those of the request
  /// @param remaining the time that the call has
  /// @throws BackendException if one cannot be fetched
  CompletionRequest fetched(
      CompletionRequest request, Map<String, HttpUrl> addresses, Duration remaining) {
    Map<HttpUrl, String> paths = new LinkedHashMap<>();
    addresses.forEach((path, url) -> paths.putIfAbsent(url, path));
    Duration limit = remaining.compareTo(config.timeout()) < 0 ? remaining : config.timeout();
    Map<HttpUrl, MediaSource.Inline> pictures = fetch(paths, limit);
    return new ImagePlaces(
            (path, image) -> {
              HttpUrl url = addresses.get(path);
              MediaSource.Inline picture = url == null ? null : pictures.get(url);
              return picture == null ? image : new ContentBlock.Image(picture, image.extras());
            })
        .applied(request);
  }

  private Map<HttpUrl, MediaSource.Inline> fetch(Map<HttpUrl, String> paths, Duration limit) {
    ExecutorService workers =
        Executors.newFixedThreadPool(
            Math.min(AT_ONCE, paths.size()), Thread.ofVirtual().name("remote-image").factory());
    CompletionService<Fetched> fetches = new ExecutorCompletionService<>(workers);
    AtomicLong left = new AtomicLong(MOST_BYTES);
    try {
      paths.forEach((url, path) -> fetches.submit(() -> fetch(url, path, left)));
      return awaited(fetches, paths, limit);
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof BackendException told
          ? told
          : new IllegalStateException("A picture could not be fetched", failure.getCause());
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
      throw new BackendException(ErrorKind.CANCELLED, "The call was given up.", givenUp);
    } finally {
      // Interrupts those that are at work.
      workers.shutdownNow();
    }
  }

  private Fetched fetch(HttpUrl url, String path, AtomicLong left) throws InterruptedException {
    free.acquire();
    try {
      return new Fetched(url, fetcher.fetch(url, left));
    } catch (UnusableImageException unusable) {
      throw unusable.at(path);
    } finally {
      free.release();
    }
  }

  private Map<HttpUrl, MediaSource.Inline> awaited(
      CompletionService<Fetched> fetches, Map<HttpUrl, String> paths, Duration limit)
      throws InterruptedException, ExecutionException {
    long deadline = System.nanoTime() + limit.toNanos();
    Map<HttpUrl, MediaSource.Inline> pictures = new HashMap<>();
    while (pictures.size() < paths.size()) {
      Future<Fetched> next = fetches.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        paths.keySet().removeAll(pictures.keySet());
        throw new UnusableImageException(
                "it took longer than "
                    + limit.toMillis()
                    + " ms (remote_images.timeout, or the time of the call)")
            .at(paths.values().iterator().next());
      }
      pictures.put(next.get().url(), next.get().picture());
    }
    return pictures;
  }
}
