package interop.fakes;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The pace of a stream, by the name in `[do:...]`; the dialect gives the words.
final class Streaming {
  private static final long PACE_MILLIS = 20;
  private static final long CROWD_SECONDS = 120;

  /// How a dialect writes.
  interface Dialect {
    void piece(String text);

    /// An error inside the stream.
    void error(String message);

    void finish();
  }

  private Streaming() {}

  /// Writes an answer to the end that was asked for.
  ///
  /// @throws InterruptedException if the caller leaves
  static void run(
      List<String> pieces,
      Directives directives,
      Call call,
      Calls calls,
      Exchange exchange,
      Dialect dialect)
      throws InterruptedException {
    switch (directives.what()) {
      case "stream-error" -> {
        pieces.forEach(dialect::piece);
        dialect.error("the model stumbled");
        exchange.end();
      }
      case "stream-cut" -> {
        pieces.forEach(dialect::piece);
        exchange.end();
      }
      case "stream-drop" -> {
        pieces.forEach(dialect::piece);
        exchange.drop();
      }
      case "endless" -> endless(call, dialect);
      case "silent" -> {
        dialect.piece("Well, ");
        call.underWay();
        new CountDownLatch(1).await();
      }
      case "crowd" -> {
        dialect.piece(pieces.getFirst());
        crowd(directives, calls);
        pieces.subList(1, pieces.size()).forEach(dialect::piece);
        dialect.finish();
      }
      default -> {
        pieces.forEach(dialect::piece);
        dialect.finish();
      }
    }
  }

  private static void endless(Call call, Dialect dialect) throws InterruptedException {
    for (int count = 0; ; count++) {
      dialect.piece("word" + count + " ");
      if (count == 3) {
        call.underWay();
      }
      Thread.sleep(PACE_MILLIS);
    }
  }

  /// Nobody goes on before all are there: only streams that are open at the same time get through.
  private static void crowd(Directives directives, Calls calls) throws InterruptedException {
    String tag = directives.tag();
    CountDownLatch all = calls.crowd(tag.substring(0, tag.lastIndexOf('-')), directives.size());
    all.countDown();
    Refused.unless(
        all.await(CROWD_SECONDS, TimeUnit.SECONDS),
        all.getCount() + " members of the crowd did not come");
  }
}
