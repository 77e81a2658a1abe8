package io.agenticprimitives.gateway.provider.bedrock;

import static io.agenticprimitives.gateway.provider.bedrock.Translation.CLAUDE;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.assistant;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.bedrock;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.call;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.extras;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.function;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.result;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.text;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of pictures, documents and sounds.
class MediaTest {
  private static final String PNG = base64("\u0089PNG\r\n\u001a\n");
  private static final String JPEG = base64("\u00ff\u00d8\u00ff\u00e0");
  private static final String PDF = base64("%PDF-1.7");

  private static String base64(String bytes) {
    return Base64.getEncoder().encodeToString(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static ContentBlock image(MediaSource source) {
    return new ContentBlock.Image(source, Extras.NONE);
  }

  private static ContentBlock image(String type, String base64) {
    return image(new MediaSource.Inline(type, base64));
  }

  private static ContentBlock url(String url) {
    return image(new MediaSource.Url(url));
  }

  private static ContentBlock document(String type, String name) {
    return new ContentBlock.Document(new MediaSource.Inline(type, PDF), name, Extras.NONE);
  }

  private static String first(ContentBlock block, String... reports) {
    Translation translation = Translation.of(user(block, text("?")));
    String sent = translation.body().path("messages").get(0).path("content").get(0).toString();
    assertThat(translation.call().lines()).containsExactly(reports);
    return sent.replace('"', '\'');
  }

  @Test
  void aPictureIsSentInTheFormatThatItsBytesShow() {
    String png = "{'image':{'format':'png','source':{'bytes':'" + PNG + "'}}}";
    assertThat(first(image("image/png", PNG))).isEqualTo(png);
    assertThat(first(image("", PNG))).isEqualTo(png);
    assertThat(first(image("application/octet-stream", PNG))).isEqualTo(png);
    assertThat(first(url("data:image/png;base64," + PNG))).isEqualTo(png);
    assertThat(first(image("image/jpeg", PNG), "CHANGED messages[0].content[0]")).isEqualTo(png);
    assertThat(first(image("image/jpg", JPEG))).contains("'format':'jpeg'");
    assertThat(first(image("image/webp", base64("RIFF....WEBP")))).contains("'format':'webp'");
    assertThat(first(image("image/gif", base64("no magic")))).contains("'format':'gif'");
  }

  @Test
  void aPictureOfAFormatThatBedrockLacksIsRefused() {
    assertRefused(
        image("image/tiff", base64("II*\u0000")),
        ErrorKind.UNSUPPORTED,
        "Bedrock takes png, jpeg, gif and webp pictures, not 'image/tiff'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "====", "a", "aGV$bG8="})
  void bytesThatAreNotBase64AreRefused(String bytes) {
    assertRefused(image("image/png", bytes), ErrorKind.INVALID_REQUEST, "This is not base64.");
  }

  @Test
  void otherSpellingsOfBase64AreUnderstood() {
    assertThat(first(image("image/png", "iVBO\r\nRw0K"))).contains("'iVBORw0K'");
    assertThat(first(image("image/png", "-_-_YQ"))).contains("'+/+/YQ=='");
  }

  @Test
  void addressesInS3ArePassedOn() {
    ContentBlock owned =
        new ContentBlock.Image(
            new MediaSource.Url("s3://bucket/cat.png"), extras("bucketOwner", "'123456789012'"));
    assertThat(first(owned))
        .isEqualTo(
            "{'image':{'format':'png','source':{'s3Location':"
                + "{'uri':'s3://bucket/cat.png','bucketOwner':'123456789012'}}}}");
  }

  @Test
  void addressesInTheWebAreRefusedAndTheSentenceSaysWhatTheOperatorCanDo() {
    ContentBlock remote = url("HTTPS://example.org/cat");
    assertRefused(remote, ErrorKind.UNSUPPORTED, "set remote_images.allow");
    Translation allowed =
        Translation.of(user(url("http://example.org/cat")))
            .settings(new ConverseSettings("", Extras.NONE, true));
    assertThatThrownBy(allowed::encode)
        .hasMessageStartingWith("messages[0].content[0]: ")
        .hasMessageContaining("nothing but pictures from https addresses");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cat.png", "file:///etc/passwd", "data:image/png,abc", "data:"})
  void otherAddressesAreRefused(String address) {
    assertRefused(url(address), ErrorKind.INVALID_REQUEST, "must ");
  }

  @Test
  void idsOfFilesAreRefused() {
    assertRefused(
        image(new MediaSource.FileId("file-1")),
        ErrorKind.UNSUPPORTED,
        "Bedrock has no store of files, so the id 'file-1' means nothing to it; send the bytes.");
  }

  private static void assertRefused(ContentBlock block, ErrorKind kind, String sentence) {
    assertThatThrownBy(() -> Translation.of(user(block)).encode())
        .isInstanceOfSatisfying(
            BackendException.class, refusal -> assertThat(refusal.kind()).isEqualTo(kind))
        .hasMessageStartingWith("messages[0].content[0]: ")
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "application/pdf, report.pdf, report, pdf, false",
    "'', report.PDF, report, pdf, false",
    "'', '', document, pdf, false",
    "text/markdown, notes.txt, notes-txt, md, true",
    "application/pdf, 'a  b\u3000c', a b c, pdf, true",
    "application/pdf, 'Zürich (1) [2].pdf', Z-rich (1) [2], pdf, true",
  })
  void aDocumentGetsAFormatAndANameThatConverseTakes(
      String type, String name, String sentName, String format, boolean reported) {
    Translation translation = Translation.of(user(document(type, name), text("?")));
    assertThat(translation.body().findValue("document").toString())
        .isEqualTo(
            "{\"format\":\"%s\",\"name\":\"%s\",\"source\":{\"bytes\":\"%s\"}}"
                .formatted(format, sentName, PDF));
    assertThat(translation.call().reports().isEmpty()).isEqualTo(!reported);
  }

  @Test
  void textOfAnotherKindIsSentAsPlainText() {
    for (String type : List.of("text/x-python; charset=utf-8", "application/json")) {
      ContentBlock document =
          new ContentBlock.Document(
              new MediaSource.Inline(type, base64("print(1)")), "a_b", Extras.NONE);
      assertThat(first(document, "CHANGED messages[0].content[0]"))
          .startsWith("{'document':{'format':'txt','name':'a_b',");
    }
    ContentBlock binary =
        new ContentBlock.Document(
            new MediaSource.Inline("application/zip", base64("PK")), "a.zip", Extras.NONE);
    assertRefused(binary, ErrorKind.UNSUPPORTED, "not 'application/zip'");
  }

  @Test
  void documentsOfOneNameAreNumbered() {
    String named = "{'document':{'name':'a','format':'pdf','source':{'text':'x'}}}";
    Translation translation =
        Translation.of(
            user(document("", "a.pdf"), document("", "a.pdf"), bedrock(named), text("?")));
    List<String> names =
        translation.body().findValues("document").stream()
            .map(document -> document.path("name").asText())
            .toList();
    assertThat(names).containsExactly("a", "a (2)", "a (3)");
    assertThat(translation.call().lines())
        .containsExactly(
            "CHANGED messages[0].content[1].name", "CHANGED messages[0].content[2].name");
  }

  @Test
  void aDocumentGetsTextBesideItAndKeepsItsOwnMembers() {
    ContentBlock document =
        new ContentBlock.Document(
            new MediaSource.Inline("", PDF), "", extras("citations", "{'enabled':true}"));
    Translation.of(user(document))
        .gives(
            "messages",
            "[{'role':'user','content':[{'document':{'format':'pdf','name':'document','source':"
                + "{'bytes':'"
                + PDF
                + "'},'citations':{'enabled':true}}},{'text':'.'}]}]",
            "CHANGED messages[0]");
  }

  @Test
  void aFileInAResultStaysThereAndOneBesideItMoves() {
    Translation translation =
        Translation.of(
                user("?"),
                assistant(call("c1", "read", "{}")),
                user(result("c1", document("", "in.pdf")), document("", "out.pdf"), text("Sum")))
            .model(CLAUDE)
            .tools(function("read"));
    assertThat(translation.body().path("messages").get(2).findValue("document").path("name"))
        .hasToString("\"in\"");
    assertThat(translation.body().path("messages").get(4).findValue("document").path("name"))
        .hasToString("\"out\"");
    assertThat(translation.call().lines()).containsExactly("CHANGED messages[2].content[1]");
  }

  @Test
  void aSoundIsSentInItsFormatAndBehindAResultThatHoldsIt() {
    ContentBlock sound =
        new ContentBlock.Audio(new MediaSource.Inline("audio/x-wav", "UklGRg=="), "", Extras.NONE);
    assertThat(first(sound)).isEqualTo("{'audio':{'format':'wav','source':{'bytes':'UklGRg=='}}}");
    Translation translation =
        Translation.of(user("?"), assistant(call("c1", "hear", "{}")), user(result("c1", sound)))
            .tools(function("hear"));
    assertThat(translation.body().path("messages").get(2).path("content").get(1).has("audio"))
        .isTrue();
    assertThat(translation.call().lines())
        .containsExactly(
            "CHANGED messages[2].content[0].content[0]", "CHANGED messages[2].content[0]");
    ContentBlock odd =
        new ContentBlock.Audio(new MediaSource.Inline("", "UklGRg=="), "midi", Extras.NONE);
    assertRefused(odd, ErrorKind.UNSUPPORTED, "not 'midi'");
  }
}
