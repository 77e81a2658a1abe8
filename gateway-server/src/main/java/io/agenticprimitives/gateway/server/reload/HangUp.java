package io.agenticprimitives.gateway.server.reload;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets SIGHUP do something else than end the process. The JDK's only interface for that is outside
/// of its standard modules, so that it is looked for by name; where there is none, or no such
/// signal, nothing is done.
public final class HangUp {
  private static final Logger log = LoggerFactory.getLogger(HangUp.class);

  private HangUp() {}

  /// Runs an action for each signal, on a thread of the JVM's own.
  public static void handle(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              HangUp.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      run(action);
                      yield null;
                    }
                    case "equals" -> isSame(self, arguments[0]);
                    case "hashCode" -> System.identityHashCode(self);
                    default -> "reload on SIGHUP";
                  });
      Object hup = signal.getConstructor(String.class).newInstance("HUP");
      var _ = signal.getMethod("handle", signal, handler).invoke(null, hup, proxy);
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException unavailable) {
      log.debug("SIGHUP cannot be used to read the configuration again", unavailable);
    }
  }

  /// A proxy has no equality of its own.
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(Object self, Object other) {
    return self == other;
  }

  private static void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | LinkageError failure) {
      log.error("The configuration could not be read again", failure);
    }
  }
}
