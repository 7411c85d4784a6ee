package io.deployflow.internal.config.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Reads one YAML document into located nodes. Aliases are replaced by what they stand for, and merges are done. */
public final class YamlReader {
    /** Deeper than anybody writes, and far from where a thread's stack ends. */
    private static final int DEEPEST = 100;

    private final Parser parser;
    private final Anchors anchors = new Anchors();
    private final Mistakes mistakes;
    private int depth;

    private YamlReader(Parser parser, Mistakes mistakes) {
        this.parser = parser;
        this.mistakes = mistakes;
    }

    /**
     * Reads a text.
     *
     * @param mistakes is told of what is wrong
     * @return the document; empty if there is none, or if it cannot be read
     */
    public static Optional<Node> read(String text, Mistakes mistakes) {
        // The events themselves: Jackson's parser of YAML has every big number ready first, which takes newer JVMs
        // longer
        // than a file takes.
        Parser parser = new ParserImpl(new StreamReader(text), new LoaderOptions());
        try {
            return new YamlReader(parser, mistakes).document();
        } catch (YAMLException e) {
            Mistake mistake = SyntaxMessages.explain(e, text);
            mistakes.add(mistake.location(), mistake.message());
        } catch (SyntaxException e) {
            mistakes.add(e.mistake().location(), e.mistake().message());
        }
        return Optional.empty();
    }

    private Optional<Node> document() throws SyntaxException {
        take(Event.ID.StreamStart);
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            return Optional.empty();
        }
        take(Event.ID.DocumentStart);
        Node document = value(parser.getEvent());
        take(Event.ID.DocumentEnd);
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            take(Event.ID.DocumentStart);
            mistakes.add(location(parser.peekEvent()), "a second document begins here; there must be only one");
        }
        return Optional.of(document);
    }

    private void take(Event.ID expected) {
        Event event = parser.getEvent();
        if (!event.is(expected)) {
            throw new IllegalStateException("the YAML parser tells " + event + " in place of " + expected);
        }
    }

    private Node value(Event event) throws SyntaxException {
        if (event instanceof AliasEvent alias) {
            return anchors.resolve(alias.getAnchor(), location(alias));
        }
        Optional<String> anchor = Optional.ofNullable(((NodeEvent) event).getAnchor());
        anchor.ifPresent(anchors::open);
        Node content = content(event);
        anchor.ifPresent(name -> anchors.define(name, content));
        return content;
    }

    private Node content(Event event) throws SyntaxException {
        if (event instanceof ScalarEvent scalar) {
            boolean isPlain = scalar.getImplicit().canOmitTagInPlainScalar();
            return new ScalarNode(location(event), isPlain, scalar.getValue());
        }
        if (depth == DEEPEST) {
            throw new SyntaxException(location(event), "lists and maps are nested deeper than " + DEEPEST);
        }
        depth++;
        Node content = event instanceof SequenceStartEvent ? list(location(event)) : map(location(event));
        depth--;
        return content;
    }

    private ListNode list(Location location) throws SyntaxException {
        List<Node> items = new ArrayList<>();
        for (Event item = parser.getEvent(); !item.is(Event.ID.SequenceEnd); item = parser.getEvent()) {
            items.add(value(item));
        }
        return new ListNode(location, items);
    }

    private MapNode map(Location location) throws SyntaxException {
        MapBuilder map = new MapBuilder(mistakes);
        for (Event key = parser.getEvent(); !key.is(Event.ID.MappingEnd); key = parser.getEvent()) {
            if (!(key instanceof ScalarEvent name)) {
                throw new SyntaxException(location(key), "not YAML: a key must be text, is " + words(key));
            }
            map.add(new MapNode.Entry(location(key), name.getValue(), value(parser.getEvent())));
        }
        return map.build(location);
    }

    private static String words(Event key) {
        if (key instanceof AliasEvent) {
            return "an alias";
        }
        return key instanceof MappingStartEvent ? "a map" : "a list";
    }

    private static Location location(Event event) {
        return new Location(
                event.getStartMark().getLine() + 1, event.getStartMark().getColumn() + 1);
    }
}
