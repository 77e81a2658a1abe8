package io.agenticprimitives.gateway.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.api.llm.ModelInfo;
import io.agenticprimitives.gateway.core.ModelList;
import io.agenticprimitives.gateway.server.output.JsonBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelObjectsTest {
  private final ModelObjects models = new ModelObjects();
  private final JsonBuffer json = new JsonBuffer();

  private static ModelList list(String backend, String... names) {
    return new ModelList(
        backend, "echo", List.of(names).stream().map(ModelInfo::of).toList(), List.of());
  }

  private static String model(String id, String owner) {
    return "{\"id\":\"%s\",\"object\":\"model\",\"created\":0,\"owned_by\":\"%s\"}"
        .formatted(id, owner);
  }

  private String all() {
    json.array();
    models.writeAll(json);
    return json.endArray().toString();
  }

  @Test
  void eachModelHasTheNameThatReachesIt() {
    List<String> backends = List.of("main", "other");
    models.add(list("main", "small", "meta/llama", "other/trap"), true, backends::contains);
    models.add(list("other", "small", "org/model"), false, backends::contains);
    assertThat(all())
        .isEqualTo(
            "["
                + String.join(
                    ",",
                    model("small", "main"),
                    model("meta/llama", "main"),
                    model("main/other/trap", "main"),
                    model("other/small", "other"),
                    model("other/org/model", "other"))
                + "]");
  }

  @Test
  void aModelThatIsListedTwiceIsOneModel() {
    models.add(list("main", "small", "small"), true, name -> false);
    assertThat(all()).isEqualTo("[" + model("small", "main") + "]");
  }

  @Test
  void whatTheUpstreamSaysOfAModelIsKept() {
    Map<String, JsonText> extras = new LinkedHashMap<>();
    extras.put("object", new JsonText("\"thing\""));
    extras.put("created", new JsonText("1700000000"));
    extras.put("owned_by", new JsonText("\"meta\""));
    extras.put("context_length", new JsonText("8192"));
    ModelInfo info = new ModelInfo("small", new Extras(extras));
    models.add(new ModelList("main", "echo", List.of(info), List.of()), true, name -> false);
    assertThat(all())
        .isEqualTo(
            "[{\"id\":\"small\",\"object\":\"model\",\"created\":1700000000,\"owned_by\":\"main\","
                + "\"upstream_owned_by\":\"meta\",\"context_length\":8192}]");
  }

  @Test
  void aTimeThatIsNoWholeNumberIsNone() {
    Extras extras = new Extras(Map.of("created", new JsonText("\"2024-01-01\"")));
    models.add(
        new ModelList("main", "echo", List.of(new ModelInfo("small", extras)), List.of()),
        true,
        name -> false);
    assertThat(all()).isEqualTo("[" + model("small", "main") + "]");
  }

  @Test
  void aModelIsFoundWithItsBackendAndIfItIsListedSoWithout() {
    models.add(list("main", "small"), true, name -> false);
    models.add(list("other", "small", "big"), false, name -> false);
    assertThat(found("small")).isEqualTo(model("small", "main"));
    assertThat(found("main/small")).isEqualTo(model("small", "main"));
    assertThat(found("other/small")).isEqualTo(model("other/small", "other"));
    assertThat(found("big")).isEmpty();
    assertThat(found("nothing")).isEmpty();
  }

  private String found(String id) {
    JsonBuffer buffer = new JsonBuffer();
    boolean found = models.write(id, buffer);
    assertThat(found).isEqualTo(buffer.size() > 0);
    return buffer.toString();
  }
}
