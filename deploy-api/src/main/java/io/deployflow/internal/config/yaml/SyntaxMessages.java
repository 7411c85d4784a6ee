package io.deployflow.internal.config.yaml;

import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Makes one line of what the YAML parser says about broken text, which is many lines with a picture of the place. */
final class SyntaxMessages {
    private SyntaxMessages() {}

    static Mistake explain(YAMLException error, String text) {
        if (error instanceof MarkedYAMLException marked) {
            return new Mistake(
                    location(marked.getProblemMark()),
                    "not YAML: " + oneLine(String.valueOf(marked.getProblem())) + context(marked));
        }
        if (error instanceof ReaderException unreadable) {
            return new Mistake(
                    location(text, unreadable.getPosition()),
                    "not YAML: character U+%04X is not allowed".formatted(unreadable.getCodePoint()));
        }
        return new Mistake(Location.START, "not YAML: " + oneLine(String.valueOf(error.getMessage())));
    }

    private static String context(MarkedYAMLException error) {
        return Optional.ofNullable(error.getContext())
                .map(context -> ", " + oneLine(context) + beginning(error))
                .orElse("");
    }

    private static String beginning(MarkedYAMLException error) {
        return Optional.ofNullable(error.getContextMark())
                .map(mark -> " that begins at " + location(mark))
                .orElse("");
    }

    private static Location location(Mark mark) {
        return new Location(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The place of what is so many code points behind the beginning. */
    private static Location location(String text, int position) {
        String before = text.substring(0, text.offsetByCodePoints(0, position));
        int lineStart = before.lastIndexOf('\n') + 1;
        int line = (int) before.chars().filter(character -> character == '\n').count() + 1;
        return new Location(line, before.codePointCount(lineStart, before.length()) + 1);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }
}
