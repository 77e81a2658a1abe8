package io.agenticprimitives.gateway.provider.bedrock;

import static io.agenticprimitives.gateway.provider.bedrock.Translation.assistant;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.bedrock;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.extras;
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
import io.agenticprimitives.gateway.api.llm.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
            "DROPPED messages[1].reasoning");
  }

  /// Callers send both back: the blocks as they came, and their text.
  @Test
  void theTextOfSignedReasoningIsNotLostAndNotReported() {
    String first = "{'reasoningContent':{'reasoningText':{'text':'Let me ','signature':'c2ln'}}}";
    String second = "{'reasoningContent':{'reasoningText':{'text':'see.','signature':'c2ln'}}}";
    Message both =
        new Message.Assistant(
            List.of(
                new ContentBlock.Reasoning(
                    "Let me see.", Optional.empty(), extras("reasoning", "'Let me see.'")),
                reasoning(first),
                reasoning(second),
                text("Hello")),
            extras("reasoning_content", "'Let me see.'"));
    Translation.of(user("Hi"), both, user("?"))
        .gives(
            "messages",
            """
            [{'role':'user','content':[{'text':'Hi'}]},
             {'role':'assistant','content':[
               %s,
               %s,
               {'text':'Hello'}]},
             {'role':'user','content':[{'text':'?'}]}]
            """
                .formatted(first, second));
  }

  @Test
  void whatIsLostBesideSignedReasoningIsReportedOnce() {
    String signed = "{'reasoningContent':{'reasoningText':{'text':'Hm','signature':'c2ln'}}}";
    Message other =
        new Message.Assistant(
            List.of(
                reasoning(signed),
                new ContentBlock.Reasoning("Something else", Optional.empty(), Extras.NONE),
                text("Hello")),
            extras("reasoning_details", "[{'type':'reasoning.encrypted'}]"));
    Translation translation = Translation.of(user("Hi"), other, user("?"));
    assertThat(translation.body().toString()).contains("c2ln").doesNotContain("Something");
    assertThat(translation.call().lines()).containsExactly("DROPPED messages[1].reasoning");
    assertThat(translation.call().reports().getFirst().reason()).contains("reasoning_blocks");
  }

  @Test
  void reasoningWithoutTextSaysNothingThatCouldBeLost() {
    Translation.of(
            user("Hi"),
            assistant(new ContentBlock.Reasoning("", Optional.empty(), Extras.NONE), text("Hello")),
            user("?"))
        .gives(
            "messages",
            """
            [{'role':'user','content':[{'text':'Hi'}]},
             {'role':'assistant','content':[{'text':'Hello'}]},
             {'role':'user','content':[{'text':'?'}]}]
            """);
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

  @Test
  void whatStandsBesideTheOneMemberIsUnderstoodOrReported() {
    ContentBlock part =
        bedrock(
            "{'type':'guardContent','guardContent':{'text':{'text':'x'}},'odd':1,"
                + "'cache_control':{'type':'ephemeral'}}");
    Translation.of(user(part))
        .gives(
            "messages",
            """
            [{'role':'user','content':[
              {'guardContent':{'text':{'text':'x'}}},{'cachePoint':{'type':'default'}}]}]
            """,
            "DROPPED messages[0].content[0].odd");
  }
}
