package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/// Fetches pictures from the public internet. Nothing of the gateway or of the call goes along: no
/// credentials, no cookies, no proxy of the machine; and nothing is kept. Interrupting a virtual
/// thread that fetches ends that. Thread-safe.
final class ImageFetcher {
  private static final int MOST_REDIRECTS = 3;
  private static final int PIECE = 16 << 10;
  private static final String ACCEPTED = "png, jpeg, gif or webp";

  private final RemoteImagesConfig config;
  private final OkHttpClient client;

  /// @param network prepares how hosts are found and connected to
  ImageFetcher(RemoteImagesConfig config, Consumer<OkHttpClient.Builder> network) {
    this.config = config;
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .proxy(Proxy.NO_PROXY)
            // Each is checked here.
            .followRedirects(false)
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectTimeout(config.timeout())
            // The time is kept by whoever waits for the pictures.
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .addInterceptor(new UntimedBodies());
    network.accept(builder);
    this.client = builder.build();
  }

  /// An address that may be fetched from, as far as it can be told without a look at the network.
  HttpUrl checked(String address) throws UnusableImageException {
    HttpUrl url = HttpUrl.parse(address);
    if (url == null || url.host().isEmpty()) {
      throw new UnusableImageException("its address is no URL");
    }
    return checked(url);
  }

  private HttpUrl checked(HttpUrl url) throws UnusableImageException {
    if (!url.isHttps()) {
      throw new UnusableImageException("its address is not https");
    }
    if (!url.username().isEmpty() || !url.password().isEmpty()) {
      throw new UnusableImageException("its address holds a user name or password");
    }
    if (!config.covers(url.host())) {
      throw new UnusableImageException(
          "the operator does not allow its host (remote_images.hosts)");
    }
    if (PublicAddress.isOther(url.host())) {
      throw notPublic();
    }
    return url;
  }

  /// Fetches one picture.
  ///
  /// @param url a checked one
  /// @param left the bytes that the pictures of the request may still have; it is taken from
  MediaSource.Inline fetch(HttpUrl url, AtomicLong left) throws UnusableImageException {
    try {
      return followed(url, left);
    } catch (NotPublicException refused) {
      throw notPublic();
    } catch (UnknownHostException unknown) {
      throw new UnusableImageException("its host is unknown");
    } catch (SSLException failed) {
      throw new UnusableImageException("its server's TLS certificate or TLS itself failed");
    } catch (IOException failed) {
      throw new UnusableImageException("the connection to its server failed");
    }
  }

  private static UnusableImageException notPublic() {
    return new UnusableImageException("its address does not lead to the public internet");
  }

  private MediaSource.Inline followed(HttpUrl start, AtomicLong left)
      throws IOException, UnusableImageException {
    HttpUrl url = start;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      try (Response response = client.newCall(request(url)).execute()) {
        Optional<HttpUrl> next = redirect(response, url);
        if (next.isEmpty()) {
          return picture(response, left);
        }
        url = next.get();
      }
    }
    throw new UnusableImageException("its server redirects more than " + MOST_REDIRECTS + " times");
  }

  private static Request request(HttpUrl url) {
    return new Request.Builder()
        .url(url)
        .header("User-Agent", BedrockClient.USER_AGENT)
        .header("Accept", "image/png, image/jpeg, image/gif, image/webp")
        .header("Accept-Encoding", "identity")
        .build();
  }

  private Optional<HttpUrl> redirect(Response response, HttpUrl url) throws UnusableImageException {
    String location = response.header("Location");
    return switch (response.code()) {
      case 301, 302, 303, 307, 308 -> {
        HttpUrl next = location == null ? null : url.resolve(location);
        if (next == null) {
          throw new UnusableImageException("its server redirects to nowhere");
        }
        yield Optional.of(checked(next));
      }
      default -> Optional.empty();
    };
  }

  private MediaSource.Inline picture(Response response, AtomicLong left)
      throws IOException, UnusableImageException {
    if (response.code() != 200) {
      throw new UnusableImageException("its server answered " + response.code());
    }
    String type = Objects.requireNonNullElse(response.header("Content-Type"), "");
    Optional<String> declared = MediaFormats.ofImage(type);
    if (declared.isEmpty()) {
      throw new UnusableImageException("its server does not say that it is " + ACCEPTED);
    }
    String base64 = Base64.getEncoder().encodeToString(bytes(response, left));
    if (!MediaFormats.ofImageBytes(base64).equals(declared)) {
      throw new UnusableImageException("its bytes are not the picture that its server says");
    }
    return new MediaSource.Inline("image/" + declared.get(), base64);
  }

  private byte[] bytes(Response response, AtomicLong left)
      throws IOException, UnusableImageException {
    if (response.body().contentLength() > config.maxBytes()) {
      throw tooLarge();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    InputStream body = response.body().byteStream();
    byte[] piece = new byte[PIECE];
    for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
      bytes.write(piece, 0, count);
      if (bytes.size() > config.maxBytes()) {
        throw tooLarge();
      }
      if (left.addAndGet(-count) < 0) {
        throw new UnusableImageException(
            ErrorKind.TOO_LARGE, "the pictures of the request are too large together");
      }
    }
    return bytes.toByteArray();
  }

  private UnusableImageException tooLarge() {
    return new UnusableImageException(
        ErrorKind.TOO_LARGE,
        "it is larger than " + config.maxBytes() + " bytes (remote_images.max_bytes)");
  }
}
