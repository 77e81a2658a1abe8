package io.agenticprimitives.gateway.core.config;

import io.agenticprimitives.gateway.core.config.ConfigNode.Mapping;
import io.agenticprimitives.gateway.core.config.ConfigNode.Position;
import io.agenticprimitives.gateway.core.config.ConfigNode.Scalar;
import io.agenticprimitives.gateway.core.config.ConfigNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// Makes the tree of one document out of parser events.
final class YamlComposer {
  /// How deep lists and mappings may be nested.
  static final int MAX_DEPTH = 64;

  /// How many values a document may have, each alias counted as all that it stands for.
  static final int MAX_NODES = 100_000;

  private static final String YAML_TAG = "tag:yaml.org,2002:";
  private static final Set<String> COLLECTION_TAGS =
      Set.of("!", YAML_TAG + "map", YAML_TAG + "seq");

  private final Iterator<Event> events;
  private final String file;
  private final Expansion expansion;
  private final Problems problems;
  private final ScalarReader scalars;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int nodes;

  /// A value that aliases may stand for, and how many values it has and how deep it is.
  private record Anchored(ConfigNode node, int nodes, int depth) {}

  YamlComposer(Iterator<Event> events, String file, Expansion expansion, Problems problems) {
    this.events = events;
    this.file = file;
    this.expansion = expansion;
    this.problems = problems;
    this.scalars = new ScalarReader(expansion.references(), problems);
  }

  /// The value of the only document.
  ConfigNode document() {
    Event event = events.next();
    while (!(event instanceof DocumentStartEvent)) {
      if (!events.hasNext()) {
        throw new UnreadableYamlException(new Position(file, 1), "", "the file is empty");
      }
      event = events.next();
    }
    ConfigNode root = node(events.next(), "", 1);
    while (events.hasNext()) {
      event = events.next();
      if (event instanceof DocumentStartEvent) {
        String message = "a second document begins here; a configuration is one document";
        throw new UnreadableYamlException(position(event), "", message);
      }
    }
    return root;
  }

  private Position position(Event event) {
    int line = 1 + event.getStartMark().map(Mark::getLine).orElse(0);
    return new Position(file, expansion.line(line));
  }

  private ConfigNode node(Event event, String path, int depth) {
    if (event instanceof AliasEvent alias) {
      return aliased(alias, path, depth);
    }
    int nodesBefore = nodes;
    count(1, depth, event, path);
    Optional<String> anchor = ((NodeEvent) event).getAnchor().map(a -> a.getValue());
    anchor.ifPresent(anchors::remove);
    ConfigNode node =
        switch (event) {
          case ScalarEvent scalar -> scalars.scalar(scalar, position(scalar), path);
          case SequenceStartEvent start -> sequence(start, path, depth);
          case MappingStartEvent start -> mapping(start, path, depth);
          default -> throw new IllegalStateException("not the start of a value: " + event);
        };
    anchor.ifPresent(a -> anchors.put(a, new Anchored(node, nodes - nodesBefore, depth(node))));
    return node;
  }

  private ConfigNode aliased(AliasEvent alias, String path, int depth) {
    Anchored anchored = anchors.get(alias.getAlias().getValue());
    if (anchored == null) {
      String name = expansion.references().asWritten(alias.getAlias().getValue());
      String message =
          "*" + Wording.shortened(name) + " stands for nothing: no value before is &it";
      throw new UnreadableYamlException(position(alias), path, message);
    }
    count(anchored.nodes(), depth + anchored.depth() - 1, alias, path);
    return anchored.node();
  }

  private void count(int more, int depth, Event event, String path) {
    nodes += more;
    if (depth > MAX_DEPTH) {
      String message = "nested deeper than " + MAX_DEPTH;
      throw new UnreadableYamlException(position(event), path, message);
    }
    if (nodes > MAX_NODES) {
      String message = "more than " + MAX_NODES + " values, aliases counted as what they stand for";
      throw new UnreadableYamlException(position(event), path, message);
    }
  }

  private static int depth(ConfigNode node) {
    return switch (node) {
      case Scalar _ -> 1;
      case Sequence s -> 1 + s.items().stream().mapToInt(YamlComposer::depth).max().orElse(0);
      case Mapping m ->
          1 + m.entries().values().stream().mapToInt(e -> depth(e.value())).max().orElse(0);
    };
  }

  private Sequence sequence(SequenceStartEvent start, String path, int depth) {
    checkTag(start, path);
    List<ConfigNode> items = new ArrayList<>();
    for (Event e = events.next(); !(e instanceof SequenceEndEvent); e = events.next()) {
      items.add(node(e, ConfigPath.item(path, items.size()), depth + 1));
    }
    return new Sequence(items, position(start));
  }

  private Mapping mapping(MappingStartEvent start, String path, int depth) {
    checkTag(start, path);
    MappingBuilder builder = new MappingBuilder(position(start), path, problems);
    for (Event e = events.next(); !(e instanceof MappingEndEvent); e = events.next()) {
      ConfigNode key = node(e, path, depth + 1);
      Position keyPosition = position(e);
      String childPath =
          key instanceof Scalar scalar ? ConfigPath.key(path, scalar.written()) : path;
      ConfigNode value = node(events.next(), childPath, depth + 1);
      builder.add(key, keyPosition, value, childPath);
    }
    return builder.build();
  }

  private void checkTag(CollectionStartEvent start, String path) {
    Optional<String> tag = start.getTag().filter(t -> !COLLECTION_TAGS.contains(t));
    tag.ifPresent(t -> problems.add(position(start), path, ScalarReader.unknownTag(t)));
  }
}
