package io.deployflow.internal.config.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one YAML document into located nodes. Aliases are replaced by what they stand for, and merges are done. */
public final class YamlReader {
    private static final YAMLFactory FACTORY = new YAMLFactory();

    /** No plain scalar begins with this mark. */
    private static final Pattern ANCHOR = Pattern.compile("&([^\\s,\\[\\]{}]+)");

    private final String text;
    private final YAMLParser parser;
    private final Anchors anchors = new Anchors();
    private final Mistakes mistakes;

    private YamlReader(String text, YAMLParser parser, Mistakes mistakes) {
        this.text = text;
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
        try (YAMLParser parser = FACTORY.createParser(text)) {
            return new YamlReader(text, parser, mistakes).document();
        } catch (JsonProcessingException e) {
            Mistake mistake = SyntaxMessages.explain(e);
            mistakes.add(mistake.location(), mistake.message());
        } catch (SyntaxException e) {
            mistakes.add(e.mistake().location(), e.mistake().message());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read from memory", e);
        }
        return Optional.empty();
    }

    private Optional<Node> document() throws IOException, SyntaxException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return Optional.empty();
        }
        Node document = value(first);
        if (parser.nextToken() != null) {
            mistakes.add(here(), "a second document begins here; there must be only one");
        }
        return Optional.of(document);
    }

    private Node value(JsonToken token) throws IOException, SyntaxException {
        Location location = here();
        if (parser.isCurrentAlias()) {
            return anchors.resolve(parser.getText(), location);
        }
        Optional<String> anchor = anchor();
        anchor.ifPresent(anchors::open);
        Node content = content(token, location);
        anchor.ifPresent(name -> anchors.define(name, content));
        return content;
    }

    /** Looks into the text, because the parser tells the anchors of lists and maps only. */
    private Optional<String> anchor() {
        int codePoints = (int) parser.currentTokenLocation().getCharOffset();
        Matcher anchor = ANCHOR.matcher(text).region(text.offsetByCodePoints(0, codePoints), text.length());
        return anchor.lookingAt() ? Optional.of(anchor.group(1)) : Optional.empty();
    }

    private Node content(JsonToken token, Location location) throws IOException, SyntaxException {
        return switch (token) {
            case START_OBJECT -> map(location);
            case START_ARRAY -> list(location);
            default -> new ScalarNode(location, kind(token), parser.getText());
        };
    }

    private ListNode list(Location location) throws IOException, SyntaxException {
        List<Node> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(token));
        }
        return new ListNode(location, items);
    }

    private MapNode map(Location location) throws IOException, SyntaxException {
        MapBuilder map = new MapBuilder(mistakes);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Location keyLocation = here();
            String key = parser.currentName();
            map.add(new MapNode.Entry(keyLocation, key, value(parser.nextToken())));
        }
        return map.build(location);
    }

    private Location here() {
        JsonLocation location = parser.currentTokenLocation();
        return new Location(location.getLineNr(), location.getColumnNr());
    }

    private static ScalarNode.Kind kind(JsonToken token) {
        return switch (token) {
            case VALUE_NULL -> ScalarNode.Kind.EMPTY;
            case VALUE_TRUE, VALUE_FALSE -> ScalarNode.Kind.BOOLEAN;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> ScalarNode.Kind.NUMBER;
            default -> ScalarNode.Kind.TEXT;
        };
    }
}
