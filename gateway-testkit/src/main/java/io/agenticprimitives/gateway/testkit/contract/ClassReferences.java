package io.agenticprimitives.gateway.testkit.contract;

import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.util.Set;
import java.util.TreeSet;

/// Which classes a class needs.
final class ClassReferences {
  private ClassReferences() {}

  /// The names of the classes that a class file refers to; what only annotations name is not
  /// needed.
  static Set<String> of(byte[] classFile) {
    Set<String> names = new TreeSet<>();
    for (PoolEntry entry : ClassFile.of().parse(classFile).constantPool()) {
      if (entry instanceof ClassEntry reference) {
        String name = reference.asInternalName();
        if (!name.startsWith("[")) {
          names.add(name.replace('/', '.'));
        } else if (name.endsWith(";")) {
          names.add(name.substring(name.indexOf('L') + 1, name.length() - 1).replace('/', '.'));
        }
      }
    }
    return names;
  }
}
