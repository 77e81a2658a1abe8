package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.api.config.Secret;
import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import io.agenticprimitives.gateway.core.config.ConfigNode.Sequence;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.regex.Pattern;

/// Shows the `config` of a backend as it is in effect: defaults put in, secrets masked. A secret is
/// what the provider declares as one, what is called like one, what came from a file, and the user
/// in a URL. Of a provider that is not known everything is one.
final class SecretMask {
  private static final Scalar MASK = TreeBuilder.text("********");

  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?:.*[_-])?(?:token|secret|password|passphrase|authorization|credentials?|cookie)"
              + "(?:[_-].*)?|.*(?:api|access|private)[_-]?key.*",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern USER_IN_URL = Pattern.compile("(?<=://)[^/@\\s]+@");

  private SecretMask() {}

  /// A block bound to a record.
  static Mapping block(Mapping block, Class<?> type) {
    TreeBuilder shown = new TreeBuilder();
    for (RecordShape.Key key : RecordShape.of(type).keys()) {
      Optional<ConfigNode> given = block.get(key.name()).filter(node -> !Blocks.isNull(node));
      given
          .map(node -> value(node, key.type(), key.name()))
          .or(() -> key.defaultValue().map(text -> defaultValue(key, text)))
          .ifPresent(node -> shown.put(key.name(), node));
    }
    return shown.mapping();
  }

  /// A block of a provider that is not known.
  static Mapping all(Mapping block) {
    TreeBuilder shown = new TreeBuilder();
    block.entries().forEach((key, entry) -> shown.put(key, all(entry.value())));
    return shown.mapping();
  }

  private static ConfigNode all(ConfigNode node) {
    return switch (node) {
      case Mapping mapping -> all(mapping);
      case Sequence sequence ->
          TreeBuilder.list(sequence.items().stream().map(item -> all(item)).toList());
      case Scalar scalar -> scalar.unsetVariables().isEmpty() ? MASK : scalar;
    };
  }

  private static ConfigNode defaultValue(RecordShape.Key key, String text) {
    if (key.rawType() == String.class) {
      return TreeBuilder.text(text);
    }
    return YamlReader.read(Expansion.none(text), "", new Problems()).orElse(TreeBuilder.text(text));
  }

  private static ConfigNode value(ConfigNode node, Type type, String key) {
    Type inner = inner(type);
    return switch (node) {
      case Mapping mapping when inner instanceof Class<?> c && c.isRecord() -> block(mapping, c);
      case Mapping mapping -> {
        TreeBuilder shown = new TreeBuilder();
        mapping.entries().forEach((name, e) -> shown.put(name, value(e.value(), inner, name)));
        yield shown.mapping();
      }
      case Sequence sequence ->
          TreeBuilder.list(sequence.items().stream().map(item -> value(item, inner, key)).toList());
      case Scalar scalar -> scalar(scalar, inner == Secret.class || isSecretName(key));
    };
  }

  /// The type without `Optional`, and of a list or map the type of what is in it.
  private static Type inner(Type type) {
    if (type instanceof ParameterizedType p) {
      Type[] arguments = p.getActualTypeArguments();
      return inner(arguments[arguments.length - 1]);
    }
    return type;
  }

  private static boolean isSecretName(String key) {
    return key.length() < 200 && SECRET_NAME.matcher(key).matches();
  }

  private static Scalar scalar(Scalar scalar, boolean secret) {
    boolean fromFile = scalar.isExpanded() && scalar.written().contains("${file:");
    if (!scalar.unsetVariables().isEmpty() || scalar.text().isEmpty()) {
      return scalar;
    }
    if (secret || fromFile) {
      return MASK;
    }
    String shown = USER_IN_URL.matcher(scalar.text()).replaceAll("********@");
    return shown.equals(scalar.text()) ? scalar : TreeBuilder.text(shown);
  }
}
