package io.agenticprimitives.gateway.provider.bedrock;

import static io.agenticprimitives.gateway.provider.bedrock.ImageCalls.SOON;
import static io.agenticprimitives.gateway.provider.bedrock.ImageCalls.image;
import static io.agenticprimitives.gateway.provider.bedrock.ImageServer.ADDRESS;
import static io.agenticprimitives.gateway.provider.bedrock.ImageServer.PNG;
import static io.agenticprimitives.gateway.provider.bedrock.ImageServer.picture;
import static io.agenticprimitives.gateway.provider.bedrock.ImageServer.redirect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What callers name by an address must not lead into the operator's network.
class RemoteImageRefusalsTest {

  private final ImageCalls calls = new ImageCalls();

  @BeforeEach
  void start() {
    calls.images().server().onRequest(_ -> picture("image/png", PNG));
  }

  @AfterEach
  void stop() {
    calls.close();
  }

  @Test
  void onlyPicturesAreFetched() {
    ContentBlock document =
        new ContentBlock.Document(new MediaSource.Url(ADDRESS), "a.pdf", Extras.NONE);
    assertThatThrownBy(() -> calls.ask(document))
        .isInstanceOfSatisfying(
            BackendException.class,
            refusal -> assertThat(refusal.kind()).isEqualTo(ErrorKind.UNSUPPORTED))
        .hasMessageContaining("nothing but pictures from https addresses");
    assertThatThrownBy(() -> calls.ask(image("http://localhost/cat.png")))
        .hasMessageContaining("nothing but pictures from https addresses");
    assertThat(calls.images().lookups()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/",
        "https://127.1/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://10.0.0.1:8443/x",
        "https://169.254.169.254/latest/meta-data/",
        "https://168.63.129.16/",
        "https://100.100.100.200/",
        "https://192.168.1.1/",
        "https://0.0.0.0/",
        "https://[::1]/",
        "https://[::]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[::ffff:a00:1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[64:ff9b::169.254.169.254]/",
        "https://[fd00:ec2::254]/",
        "https://[fe80::1]/",
        "https://[ff02::1]/",
        "https://[2002:7f00:1::]/"
      })
  void addressesThatAreNotPublicAreNotConnectedTo(String url) {
    calls
        .images()
        .with("0x7f000001", "127.0.0.1")
        .with("127.1", "127.0.0.1")
        .with("2130706433", "127.0.0.1");
    calls.assertRefused(url, "its address does not lead to the public internet");
    assertThat(calls.images().connected()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "100.64.0.1",
        "::1",
        "fd00:ec2::254",
        "64:ff9b::a00:1",
        "224.0.0.1"
      })
  void namesThatLeadToSuchAddressesAreNotConnectedTo(String address) {
    calls.images().with("localhost", address);
    calls.assertRefused(ADDRESS, "its address does not lead to the public internet");
    calls.images().with("localhost", "8.8.8.8", address);
    calls.assertRefused(ADDRESS, "its address does not lead to the public internet");
    assertThat(calls.images().connected()).isEmpty();
  }

  /// The name is looked up once, and what was checked is what is connected to.
  @Test
  void aNameCannotLeadElsewhereOnceItWasChecked() {
    calls.images().with("localhost", "8.8.8.8");
    calls
        .images()
        .server()
        .onRequest(
            _ -> {
              calls.images().with("localhost", "127.0.0.1");
              return picture("image/png", PNG);
            });
    assertThat(calls.ask(image(ADDRESS)).failure()).isNull();
    assertThat(calls.images().lookups()).containsExactly("localhost");
    assertThat(calls.images().connected()).containsExactly("8.8.8.8");
    calls.bedrock().takeRequest(SOON);
    BackendException second = calls.ask(image(ADDRESS)).failed();
    assertThat(second).hasMessageContaining("does not lead to the public internet");
    assertThat(calls.images().connected()).hasSize(1);
  }

  @Test
  void endlessRedirectsAreNotFollowed() {
    calls.images().server().onRequest(_ -> redirect(308, "/again"));
    calls.assertRefused(ADDRESS, "its server redirects more than 3 times");
    assertThat(calls.images().server().requestCount()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost/, its address is not https",
    "ftp://localhost/, its server redirects to nowhere",
    "https://127.0.0.1/, its address does not lead to the public internet",
    "https://[::ffff:169.254.169.254]/, its address does not lead to the public internet",
    "https://inside.example/, its address does not lead to the public internet",
    "https://me:secret@localhost/, its address holds a user name or password",
    "//10.0.0.1/, its address does not lead to the public internet",
  })
  void redirectsToWhereNothingMayBeFetchedAreRefused(String location, String reason) {
    calls.images().with("inside.example", "10.0.0.8");
    calls.images().server().onRequest(_ -> redirect(302, location));
    calls.assertRefused(ADDRESS, reason);
    assertThat(calls.images().server().requestCount()).isOne();
  }

  @Test
  void hostsThatTheOperatorDidNotNameAreRefusedAlsoBehindARedirect() {
    calls.use(SOON, "localhost", "*.example.com");
    calls.assertRefused(
        "https://example.com/", "the operator does not allow its host (remote_images.hosts)");
    calls.assertRefused("https://badexample.com/", "the operator does not allow its host");
    calls.images().server().onRequest(_ -> redirect(302, "https://elsewhere.example/"));
    calls.assertRefused(ADDRESS, "the operator does not allow its host");
    assertThat(calls.images().lookups()).containsExactly("localhost");
    calls.images().with("a.b.example.com");
    calls.assertRefused("https://a.b.example.com/", "its host is unknown");
  }

  @Test
  void anAddressWithAPasswordIsRefused() {
    calls.assertRefused(
        "https://me:secret@localhost/", "its address holds a user name or password");
    calls.assertRefused("https:", "its address is no URL");
    calls.assertRefused("https://a b/", "its address is no URL");
  }
}
