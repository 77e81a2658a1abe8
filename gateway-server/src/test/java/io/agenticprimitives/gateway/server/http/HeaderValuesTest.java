package io.agenticprimitives.gateway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agenticprimitives.gateway.api.CallContext;
import io.agenticprimitives.gateway.core.Adjustment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderValuesTest {

  @Test
  void aNameKeepsOnlyWhatMayStandInAHeader() {
    assertThat(HeaderValues.ascii("a b-\u00fc\r\nX: y\u0000")).isEqualTo("a b-???X: y?");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 100, 10_000})
  void howeverManyAdjustmentsThereAreTheHeaderIsShortAndTellsTheirNumber(int count)
      throws IOException {
    List<Adjustment> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new Adjustment("messages[" + i + "]", CallContext.Action.DROPPED, "\u2028 \"why\""));
    }
    String value = HeaderValues.adjustments(all);
    assertThat(value).hasSizeLessThan(2_100).matches("[ -~]+");
    JsonNode list = new ObjectMapper().readTree(value);
    int more = list.path(list.size() - 1).path("more").asInt();
    assertThat(list.size() - (more > 0 ? 1 : 0) + more).isEqualTo(count);
    assertThat(list.path(0).path("path").asText()).isEqualTo("messages[0]");
  }

  @Test
  void anAdjustmentThatIsTooLongAloneIsOnlyCounted() {
    Adjustment huge = new Adjustment("x".repeat(5_000), CallContext.Action.CHANGED, "");
    assertThat(HeaderValues.adjustments(List.of(huge))).isEqualTo("[{\"more\":1}]");
  }
}
