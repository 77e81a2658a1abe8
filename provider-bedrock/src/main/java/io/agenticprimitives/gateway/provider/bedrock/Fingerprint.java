package io.agenticprimitives.gateway.provider.bedrock;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Short names for texts that Bedrock does not take as names. The same text always has the same
/// one, so that a growing conversation keeps its beginning and with it the prompt cache.
final class Fingerprint {

  private Fingerprint() {}

  /// Nine lower-case letters and digits.
  static String of(String text) {
    String digits = new BigInteger(1, sha256(text)).toString(36);
    return digits.substring(digits.length() - 9);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }
}
