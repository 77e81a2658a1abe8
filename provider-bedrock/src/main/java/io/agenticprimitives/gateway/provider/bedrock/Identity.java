package io.agenticprimitives.gateway.provider.bedrock;

import java.util.List;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/// Who calls Bedrock. Neither kind shows itself as text.
sealed interface Identity {

  /// Texts that nobody but Bedrock may see.
  List<String> secrets();

  /// A text without the secrets of this identity, should an upstream repeat them.
  default String redact(String text) {
    String redacted = text;
    for (String secret : secrets()) {
      redacted = redacted.replace(secret, "[secret removed]");
    }
    return redacted;
  }

  /// Whether it is the same secrets that prove who calls. The generated `equals` of records would
  /// leave this plugin's types in a cache of the JDK's.
  default boolean isSameAs(Identity other) {
    return secrets().equals(other.secrets());
  }

  /// Keys that sign each request.
  record Keys(AwsCredentialsIdentity credentials) implements Identity {
    @Override
    public List<String> secrets() {
      String key = credentials.secretAccessKey();
      return credentials instanceof AwsSessionCredentialsIdentity session
          ? List.of(session.sessionToken(), key, credentials.accessKeyId())
          : List.of(key, credentials.accessKeyId());
    }

    @Override
    public String toString() {
      return "Keys[********]";
    }
  }

  /// An API key, sent as it is.
  record Bearer(String token) implements Identity {
    @Override
    public List<String> secrets() {
      return List.of(token);
    }

    @Override
    public String toString() {
      return "Bearer[********]";
    }
  }
}
