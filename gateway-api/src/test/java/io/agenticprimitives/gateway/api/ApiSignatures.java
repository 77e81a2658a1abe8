package io.agenticprimitives.gateway.api;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// What plugins can be compiled against, as text: one line for each type, for each that it extends,
/// implements or permits, and for each member.
final class ApiSignatures {
  private final Path classes;

  /// @param classes the directory with the class files of the API
  ApiSignatures(Path classes) {
    this.classes = classes;
  }

  List<String> lines() throws IOException, ClassNotFoundException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.walk(classes)) {
      files
          .map(file -> classes.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.endsWith("package-info.class"))
          .map(file -> file.replaceFirst("\\.class$", "").replace('/', '.').replace('\\', '.'))
          .forEach(names::add);
    }
    Collections.sort(names);
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      Class<?> type = Class.forName(name, false, ApiSignatures.class.getClassLoader());
      if (isVisible(type)) {
        add(type, lines);
      }
    }
    return lines;
  }

  private static boolean isVisible(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return !type.isAnonymousClass()
        && !type.isLocalClass()
        && isVisible(type.getModifiers())
        && (outer == null || isVisible(outer));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static void add(Class<?> type, List<String> lines) {
    String name = type.getName();
    lines.add(type.toGenericString());
    List<String> inside = new ArrayList<>();
    if (type.getGenericSuperclass() != null) {
      inside.add("extends " + type.getGenericSuperclass().getTypeName());
    }
    Arrays.stream(type.getGenericInterfaces())
        .forEach(parent -> inside.add("implements " + parent.getTypeName()));
    if (type.isSealed()) {
      Arrays.stream(Objects.requireNonNull(type.getPermittedSubclasses()))
          .forEach(child -> inside.add("permits " + child.getName()));
    }
    Stream<Member> members =
        Stream.of(
                Arrays.stream(type.getDeclaredConstructors()),
                Arrays.stream(type.getDeclaredMethods()),
                Arrays.stream(type.getDeclaredFields()))
            .flatMap(stream -> stream.map(Member.class::cast));
    members
        .filter(member -> isVisible(member.getModifiers()) && !member.isSynthetic())
        .forEach(member -> inside.add(text(member)));
    Collections.sort(inside);
    inside.forEach(line -> lines.add("  " + name + ": " + line));
  }

  private static String text(Member member) {
    return switch (member) {
      case Method method -> method.toGenericString();
      case Constructor<?> constructor -> constructor.toGenericString();
      case Field field -> field.toGenericString();
      default -> throw new AssertionError(member);
    };
  }
}
