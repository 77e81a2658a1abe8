package io.agenticprimitives.gateway.provider.bedrock;

import static io.agenticprimitives.gateway.provider.bedrock.Translation.assistant;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.call;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.extras;
import static io.agenticprimitives.gateway.provider.bedrock.Translation.system;
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
import java.util.List;
import org.junit.jupiter.api.Test;

/// What becomes of messages and their text.
class MessageShapesTest {

  @Test
  void theLeadingSystemMessagesBecomeTheSystemPrompt() {
    Message developer =
        new Message.SystemPrompt(true, List.of(text("Answer in French")), Extras.NONE);
    Translation request = Translation.of(system("Be brief"), developer, user("Hello"));
    request.gives("system", "[{'text':'Be brief'},{'text':'Answer in French'}]");
    request.gives("messages", "[{'role':'user','content':[{'text':'Hello'}]}]");
  }

  @Test
  void aLaterSystemMessageStaysInPlaceAsTheUsersWords() {
    Translation.of(user("Hello"), system("Be rude"), assistant("Hi"), user("Bye"))
        .gives(
            "messages",
            """
            [{'role':'user','content':[{'text':'Hello'},{'text':'Be rude'}]},
             {'role':'assistant','content':[{'text':'Hi'}]},
             {'role':'user','content':[{'text':'Bye'}]}]
            """,
            "CHANGED messages[1]");
  }

  @Test
  void aPictureInTheSystemPromptIsSentByTheUser() {
    ContentBlock image =
        new ContentBlock.Image(new MediaSource.Inline("image/gif", "R0lGODlh"), Extras.NONE);
    Message prompt = new Message.SystemPrompt(false, List.of(text("Look"), image), Extras.NONE);
    Translation.of(prompt, user("What is it?"))
        .gives(
            "messages",
            """
            [{'role':'user','content':[
              {'image':{'format':'gif','source':{'bytes':'R0lGODlh'}}},{'text':'What is it?'}]}]
            """,
            "CHANGED messages[0].content[1]");
  }

  @Test
  void neighboursOfOneRoleAreMerged() {
    Translation.of(user("a"), user("b"), assistant("c"), assistant("d"), user("e"))
        .gives(
            "messages",
            """
            [{'role':'user','content':[{'text':'a'},{'text':'b'}]},
             {'role':'assistant','content':[{'text':'c'},{'text':'d'}]},
             {'role':'user','content':[{'text':'e'}]}]
            """);
  }

  @Test
  void theUserBeginsEveryConversation() {
    Translation.of(assistant("Welcome!"), user("Hi"))
        .gives(
            "messages",
            """
            [{'role':'user','content':[{'text':'.'}]},
             {'role':'assistant','content':[{'text':'Welcome!'}]},
             {'role':'user','content':[{'text':'Hi'}]}]
            """,
            "CHANGED messages");
  }

  @Test
  void aSystemPromptAloneIsAnsweredToAPlaceholder() {
    Translation.of(system("Tell a joke"))
        .gives("messages", "[{'role':'user','content':[{'text':'.'}]}]", "CHANGED messages");
  }

  @Test
  void aRequestThatSaysNothingIsRefused() {
    assertThatThrownBy(() -> Translation.of(assistant("")).encode())
        .isInstanceOfSatisfying(
            BackendException.class,
            refusal -> assertThat(refusal.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
        .hasMessageContaining("no message");
  }

  @Test
  void textWithoutAVisibleCharacterIsLeftOut() {
    Translation.of(user(text(""), text(" \n\u00a0"), text(" x ")))
        .gives(
            "messages",
            "[{'role':'user','content':[{'text':' x '}]}]",
            "DROPPED messages[0].content[1]");
  }

  @Test
  void anEmptyMessageOfTheUserGetsAPlaceholder() {
    Translation.of(user("Hi"), assistant("Yes?"), user(""))
        .gives(
            "messages",
            """
            [{'role':'user','content':[{'text':'Hi'}]},
             {'role':'assistant','content':[{'text':'Yes?'}]},
             {'role':'user','content':[{'text':'.'}]}]
            """,
            "CHANGED messages[2]");
  }

  @Test
  void anEmptyMessageOfTheModelIsLeftOut() {
    Translation.of(user("Hi"), assistant(""), user("Are you there?"))
        .gives("messages", "[{'role':'user','content':[{'text':'Hi'},{'text':'Are you there?'}]}]");
  }

  @Test
  void anAnswerToBeContinuedDoesNotEndInWhiteSpace() {
    Translation.of(user("Count"), assistant("1, 2, \n"))
        .gives(
            "messages",
            """
            [{'role':'user','content':[{'text':'Count'}]},
             {'role':'assistant','content':[{'text':'1, 2,'}]}]
            """,
            "CHANGED messages[1].content[0]");
  }

  @Test
  void refusalsAndJsonBecomeText() {
    ContentBlock refusal = new ContentBlock.Refusal("I won't", Extras.NONE);
    ContentBlock json = new ContentBlock.Json(new JsonText("{\"a\":1}"), Extras.NONE);
    Translation.of(user("Hi"), assistant(refusal), user(json))
        .gives(
            "messages",
            """
            [{'role':'user','content':[{'text':'Hi'}]},
             {'role':'assistant','content':[{'text':'I won\\u0027t'}]},
             {'role':'user','content':[{'text':'{\\"a\\":1}'}]}]
            """,
            "CHANGED messages[2].content[0]");
  }

  @Test
  void anUnknownRoleSpeaksAsTheUser() {
    Message narrator = new Message.Other("narrator", List.of(text("Night falls")), Extras.NONE);
    Translation.of(narrator)
        .gives(
            "messages",
            "[{'role':'user','content':[{'text':'Night falls'}]}]",
            "CHANGED messages[0]");
  }

  @Test
  void fieldsThatConverseDoesNotHaveAreReported() {
    Message named =
        new Message.User(
            List.of(new ContentBlock.Text("Hi", extras("detail", "1"))), extras("name", "'Ann'"));
    Translation.of(named)
        .gives(
            "messages",
            "[{'role':'user','content':[{'text':'Hi'}]}]",
            "DROPPED messages[0].content[0].detail",
            "DROPPED messages[0].name");
  }

  @Test
  void aCallInTheUsersMouthBecomesText() {
    Translation.of(user(call("c1", "look", "{}")))
        .gives(
            "messages",
            "[{'role':'user','content':[{'text':'Call of the tool look (c1): {}'}]}]",
            "CHANGED messages[0].content[0]");
  }

  @Test
  void halfASurrogatePairIsPassedOnInTextAndRefusedInJson() {
    Translation.of(user("broken \ud83d!"))
        .gives("messages", "[{'role':'user','content':[{'text':'broken \\ud83d!'}]}]");
    assertThatThrownBy(
            () ->
                Translation.of(user("Hi"), assistant(call("c", "f", "{\"a\":\"\ud83d\"}")))
                    .encode())
        .isInstanceOf(BackendException.class)
        .hasMessage("messages[1].content[0]: This JSON holds text that is not valid Unicode.");
  }
}
