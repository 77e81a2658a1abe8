package io.agenticprimitives.gateway.provider.bedrock;

import static io.agenticprimitives.gateway.provider.bedrock.Translation.assistant;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.bedrock;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.reasoning;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.text;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agenticprimitives.gateway.api.BackendException;
import io.agenticprimitives.gateway.api.ErrorKind;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.ContentBlock;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.MediaSource;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What becomes of reasoning, of blocks in Bedrock's own form and of those that it has no form for.
class BedrockBlocksTest {

  @Test
  void signedReasoningGoesBackVerbatim() {
    String signed = "{'reasoningContent': {'reasoningText': {'text':'', 'signature':'c2ln'}}}";
    String redacted = "{'reasoningContent':{'redactedContent':'AAEC'}}";
    Translation request =
        Translation.of(
            user("Hi"),
            assistant(reasoning(signed), reasoning(redacted), text("Hello")),
            user("?"));
    request.gives(
        "messages",
        """
        [{'role':'user','content':[{'text':'Hi'}]},
         {'role':'assistant','content':[
           {'reasoningContent':{'reasoningText':{'text':'','signature':'c2ln'}}},
           {'reasoningContent':{'redactedContent':'AAEC'}},
           {'text':'Hello'}]},
         {'role':'user','content':[{'text':'?'}]}]
        """);
    assertThat(new String(request.encode().body(), StandardCharsets.UTF_8))
        .contains(signed.replace('\'', '"'));
  }

  @Test
  void reasoningWithoutASignatureOrOfAnotherUpstreamIsLeftOut() {
    Translation.of(
            user("Hi"),
            assistant(
                reasoning("{'reasoningContent':{'reasoningText':{'text':'Hm'}}}"),
                reasoning("{'type':'reasoning.encrypted','data':'x'}"),
                new ContentBlock.Reasoning("Hm", Optional.empty(), Extras.NONE),
                text("Hello")),
            user("?"))
        .gives(
            "messages",
            """
            [{'role':'user','content':[{'text':'Hi'}]},
             {'role':'assistant','content':[{'text':'Hello'}]},
             {'role':'user','content':[{'text':'?'}]}]
            """,
            "DROPPED messages[1].content[0]",
            "DROPPED messages[1].content[1]",
            "DROPPED messages[1].content[2]");
  }

  @Test
  void blocksInBedrocksOwnFormArePassedOn() {
    String guarded = "{'guardContent':{'text':{'text':'x','qualifiers':['query']}}}";
    String video = "{'video':{'format':'mp4','source':{'s3Location':{'uri':'s3://b/k'}}}}";
    String cited = "{'citationsContent':{'content':[{'text':'20 days'}]}}";
    Translation.of(user(bedrock(guarded), bedrock(video), text("?")), assistant(bedrock(cited)))
        .gives(
            "messages",
            "[{'role':'user','content':[%s,%s,{'text':'?'}]},{'role':'assistant','content':[%s]}]"
                .formatted(guarded, video, cited));
  }

  @Test
  void aPartThatBedrockHasNoFormForIsRefusedFromTheUser() {
    ContentBlock part =
        new ContentBlock.Other("video_url", new JsonText("{\"type\":\"video_url\"}"));
    assertThatThrownBy(() -> Translation.of(user(text("Look"), part)).encode())
        .isInstanceOfSatisfying(
            BackendException.class,
            refusal -> assertThat(refusal.kind()).isEqualTo(ErrorKind.UNSUPPORTED))
        .hasMessage(
            "messages[0].content[1]: Bedrock has no form for a part of the type 'video_url'.");
  }

  @Test
  void aPartThatBedrockHasNoFormForIsLeftOutOfTheModelsWords() {
    ContentBlock part = new ContentBlock.Other("odd", new JsonText("[]"));
    Translation.of(user("Hi"), assistant(part, text("Hello")), user("?"))
        .gives(
            "messages",
            """
            [{'role':'user','content':[{'text':'Hi'}]},
             {'role':'assistant','content':[{'text':'Hello'}]},
             {'role':'user','content':[{'text':'?'}]}]
            """,
            "DROPPED messages[1].content[0]");
  }

  @Test
  void aPictureFromTheModelIsLeftOut() {
    ContentBlock image =
        new ContentBlock.Image(new MediaSource.Inline("image/gif", "R0lGODlh"), Extras.NONE);
    Translation translation =
        Translation.of(user("Draw"), assistant(image, text("Here")), user("?"));
    assertThat(translation.body().findValue("image")).isNull();
    assertThat(translation.call().lines()).containsExactly("DROPPED messages[1].content[0]");
  }
}
