package io.agenticprimitives.gateway.core.config;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The references of one text. Each stands in the text as a placeholder, so that what it refers to
/// cannot be taken for YAML, whatever it holds.
final class References {
  /// Begins a placeholder. Both are Unicode noncharacters, which no text for exchange may hold.
  static final char OPEN = '\uFDD0';

  /// Ends a placeholder.
  static final char CLOSE = '\uFDD1';

  private static final Pattern PLACEHOLDER = Pattern.compile(OPEN + "([0-9]{1,7})" + CLOSE);

  /// The most characters that may be put in. One large file, referred to often, would otherwise
  /// fill the memory.
  private static final int LONGEST = 16 << 20;

  private final List<Reference> references = new ArrayList<>();
  private long inserted;

  /// A text whose placeholders were replaced.
  ///
  /// @param text with what the references refer to
  /// @param written with the references as they stand in the file
  /// @param unsetVariables the variables that are referred to and not set
  /// @param faults why a file could not be read
  record Filled(String text, String written, List<String> unsetVariables, List<String> faults) {}

  /// Remembers a reference.
  ///
  /// @return the placeholder that stands for it
  String placeholder(Reference reference) {
    references.add(reference);
    return OPEN + Integer.toString(references.size() - 1) + CLOSE;
  }

  /// Puts in what the references refer to. This is where files are read.
  Filled fill(String text) {
    Set<String> unset = new LinkedHashSet<>();
    List<String> faults = new ArrayList<>();
    StringBuilder filled = new StringBuilder();
    replace(
        text,
        filled,
        reference -> {
          switch (reference) {
            case Reference.Value value -> append(value, value.value(), filled, faults);
            case Reference.Unset variable -> {
              unset.add(variable.variable());
              filled.append(variable.written());
            }
            case Reference.FileContent file when inserted > LONGEST ->
                filled.append(file.written());
            case Reference.FileContent file -> append(file, content(file, faults), filled, faults);
          }
        });
    return new Filled(filled.toString(), asWritten(text), List.copyOf(unset), List.copyOf(faults));
  }

  private void append(
      Reference reference, String value, StringBuilder filled, List<String> faults) {
    boolean fits = inserted <= LONGEST;
    inserted += value.length();
    if (fits && inserted > LONGEST) {
      faults.add("all references together put in more than " + LONGEST + " characters");
    }
    filled.append(inserted > LONGEST ? reference.written() : value);
  }

  /// Puts the references back as they were written.
  String asWritten(String text) {
    StringBuilder written = new StringBuilder();
    replace(text, written, reference -> written.append(reference.written()));
    return written.toString();
  }

  /// Puts in the values of variables only.
  String withVariables(String text) {
    StringBuilder filled = new StringBuilder();
    replace(
        text,
        filled,
        reference ->
            filled.append(
                reference instanceof Reference.Value value ? value.value() : reference.written()));
    return filled.toString();
  }

  /// A placeholder that is not ours, which YAML's own escapes can make, stays what it is.
  private void replace(String text, StringBuilder into, Consumer<Reference> each) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    int from = 0;
    while (matcher.find()) {
      int index = Integer.parseInt(matcher.group(1));
      if (index < references.size()) {
        into.append(text, from, matcher.start());
        each.accept(references.get(index));
        from = matcher.end();
      }
    }
    into.append(text, from, text.length());
  }

  private static String content(Reference.FileContent reference, List<String> faults) {
    try {
      String text = BoundedFile.read(reference.baseDirectory().resolve(reference.path()));
      return text.replaceFirst("\\r?\\n\\z", "");
    } catch (InvalidPathException _) {
      faults.add("'" + Wording.shortened(reference.path()) + "' is not the name of a file");
    } catch (IOException e) {
      faults.add("the file " + reference.path() + " cannot be read: " + BoundedFile.reason(e));
    }
    return reference.written();
  }
}
