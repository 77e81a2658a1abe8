package io.agenticprimitives.gateway.provider.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agenticprimitives.gateway.api.JsonText;
import io.agenticprimitives.gateway.api.llm.Extras;
import io.agenticprimitives.gateway.provider.bedrock.ModelTraits.Vendor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The members of a Converse request that callers and operators write in Bedrock's own words.
final class RequestMembers {
  static final String MODEL_FIELDS = "additionalModelRequestFields";
  static final String GUARDRAIL = "guardrailConfig";
  static final String METADATA = "requestMetadata";
  static final String OUTPUT = "outputConfig";
  static final String SERVICE_TIER = "serviceTier";
  private static final String RESPONSE_FIELDS = "additionalModelResponseFieldPaths";
  static final String STREAM_MODE = "streamProcessingMode";

  /// Those that are passed on as they are, unless they are merged.
  private static final List<String> PASSED_ON =
      List.of(
          GUARDRAIL,
          "performanceConfig",
          SERVICE_TIER,
          METADATA,
          RESPONSE_FIELDS,
          "promptVariables");

  /// Fields of Anthropic's dialect that Claude takes as its own.
  private static final Set<String> CLAUDE_FIELDS = Set.of("thinking", "anthropic_beta");

  private final Reports reports;
  private final Map<String, JsonText> caller;
  private final Map<String, JsonText> operator;

  /// @param caller the request's fields without a component of their own
  /// @param operator as in [ConverseSettings#members()]
  RequestMembers(Reports reports, Extras caller, Extras operator) {
    this.reports = reports;
    this.caller = new LinkedHashMap<>(caller.fields());
    this.operator = operator.fields();
  }

  /// The model's own fields: the caller's over the operator's.
  ObjectNode modelFields(ModelTraits traits) {
    ObjectNode fields = merged(MODEL_FIELDS);
    if (traits.vendor() == Vendor.ANTHROPIC) {
      for (String field : CLAUDE_FIELDS) {
        JsonText value = caller.remove(field);
        if (value != null) {
          fields.set(field, JsonTrees.read(value, field));
        }
      }
    }
    return fields;
  }

  /// The `outputConfig`: the caller's over the operator's.
  ObjectNode outputConfig() {
    return merged(OUTPUT);
  }

  private ObjectNode merged(String member) {
    ObjectNode merged = JsonTrees.emptyObject();
    for (Map<String, JsonText> source : List.of(operator, caller)) {
      JsonText value = source.get(member);
      if (value != null) {
        JsonTrees.merge(merged, JsonTrees.readObject(value, member));
      }
    }
    caller.remove(member);
    return merged;
  }

  /// The members that are passed on, in a fixed order. Whatever else the caller gave is reported.
  ///
  /// @param streamed whether Bedrock is asked for a stream
  /// @param wanted whether the caller wants one
  /// @param prompt whether the model is a stored prompt
  Map<String, JsonText> passedOn(boolean streamed, boolean wanted, boolean prompt) {
    new DialectFields(reports, caller).translate();
    Map<String, JsonText> passed = new LinkedHashMap<>();
    boolean ofCaller = caller.containsKey(GUARDRAIL) && !operator.containsKey(GUARDRAIL);
    for (String member : PASSED_ON) {
      Optional<JsonText> own = Optional.ofNullable(caller.remove(member));
      own.ifPresent(value -> checkForm(member, value));
      chosen(member, own, Optional.ofNullable(operator.get(member)))
          .ifPresent(value -> passed.put(member, value));
    }
    if (!prompt && passed.remove("promptVariables") != null) {
      reports.dropped("promptVariables", "Bedrock takes them with the ARN of a prompt only.");
    }
    if (!streamed) {
      boolean silent = wanted || !ofCaller;
      passed.computeIfPresent(GUARDRAIL, (member, guardrail) -> unstreamed(guardrail, silent));
    }
    reports.unknown("", new Extras(caller), Set.of());
    return passed;
  }

  private static void checkForm(String member, JsonText value) {
    boolean list = member.equals(RESPONSE_FIELDS);
    if (list ? !JsonTrees.read(value, member).isArray() : !value.isObject()) {
      throw Reports.invalid(member, "This must be a JSON " + (list ? "array." : "object."));
    }
  }

  /// A caller must not get round the operator's guardrail, nor take the operator's marks off the
  /// bill; in the other members the caller's word is the last.
  private Optional<JsonText> chosen(String member, Optional<JsonText> own, Optional<JsonText> set) {
    if (own.isEmpty() || set.isEmpty()) {
      return own.or(() -> set);
    }
    return switch (member) {
      case GUARDRAIL -> {
        if (!own.equals(set)) {
          reports.dropped(member, "The operator of this backend has set the guardrail.");
        }
        yield set;
      }
      case METADATA -> {
        ObjectNode pairs = JsonTrees.readObject(own.get(), member);
        ObjectNode fixed = JsonTrees.readObject(set.get(), member);
        fixed.fieldNames().forEachRemaining(key -> reportIfTaken(pairs, key));
        JsonTrees.merge(pairs, fixed);
        yield Optional.of(JsonTrees.write(pairs));
      }
      default -> own;
    };
  }

  private void reportIfTaken(ObjectNode pairs, String key) {
    if (pairs.has(key)) {
      reports.changed(Reports.at(METADATA, key), "The operator of this backend has set this pair.");
    }
  }

  /// Converse without a stream does not know how a stream is to be guarded.
  ///
  /// @param silent whether that changes nothing for the caller
  private JsonText unstreamed(JsonText guardrail, boolean silent) {
    ObjectNode members = JsonTrees.readObject(guardrail, GUARDRAIL);
    if (members.remove(STREAM_MODE) == null) {
      return guardrail;
    }
    if (!silent) {
      reports.dropped(
          Reports.at(GUARDRAIL, STREAM_MODE), "Bedrock knows it for streamed answers only.");
    }
    return JsonTrees.write(members);
  }
}
