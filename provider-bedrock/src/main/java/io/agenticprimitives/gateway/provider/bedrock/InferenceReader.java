package io.agenticprimitives.gateway.provider.bedrock;

import io.agenticprimitives.gateway.api.llm.Sampling;
import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.Vendor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Translates those sampling values that Converse has for every model.
record InferenceReader(Reports reports, ModelTraits traits) {
  private static final int MOST_STOP_SEQUENCES = 2500;

  Inference read(Sampling sampling) {
    Inference read =
        new Inference(
            maxTokens(sampling),
            temperature(sampling.temperature()),
            topP(sampling.topP()),
            stop(sampling.stop()));
    boolean both = read.temperature().isPresent() && read.topP().isPresent();
    if (both && traits.eitherTemperatureOrTopP()) {
      reports.dropped("top_p", "This model takes the temperature or top_p, not both.");
      return read.withoutTopP();
    }
    return read;
  }

  private OptionalInt maxTokens(Sampling sampling) {
    OptionalInt limit = sampling.tokenLimit();
    if (limit.isPresent() && limit.getAsInt() < 1) {
      throw Reports.invalid("max_tokens", "Bedrock takes no limit under 1.");
    }
    boolean two = sampling.maxTokens().isPresent() && sampling.maxCompletionTokens().isPresent();
    if (two && !sampling.maxTokens().equals(sampling.maxCompletionTokens())) {
      reports.dropped("max_tokens", "Bedrock takes one limit; it is max_completion_tokens.");
    }
    return limit;
  }

  private OptionalDouble temperature(OptionalDouble temperature) {
    double value = temperature.orElse(0);
    if (value < 0) {
      throw Reports.invalid("temperature", "Bedrock takes 0 to 1.");
    }
    if (value > 1) {
      reports.changed("temperature", "Bedrock takes 0 to 1; 1 is sent.");
      return OptionalDouble.of(1);
    }
    return temperature;
  }

  private static OptionalDouble topP(OptionalDouble topP) {
    double value = topP.orElse(0);
    if (value < 0 || value > 1) {
      throw Reports.invalid("top_p", "Bedrock takes 0 to 1.");
    }
    return topP;
  }

  private List<String> stop(List<String> stop) {
    List<String> sequences = new ArrayList<>();
    for (int i = 0; i < stop.size(); i++) {
      String sequence = stop.get(i);
      boolean refused =
          traits.vendor() == Vendor.ANTHROPIC ? Blanks.isBlank(sequence) : sequence.isEmpty();
      if (refused) {
        reports.dropped("stop[" + i + "]", "This model refuses blank stop sequences.");
      } else {
        sequences.add(sequence);
      }
    }
    if (sequences.size() > MOST_STOP_SEQUENCES) {
      throw Reports.invalid("stop", "Bedrock takes " + MOST_STOP_SEQUENCES + " stop sequences.");
    }
    return sequences;
  }
}
