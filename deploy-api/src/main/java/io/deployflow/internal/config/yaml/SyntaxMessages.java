package io.deployflow.internal.config.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Makes one line of what the YAML parser says about broken text, which is many lines with a picture of the place. */
final class SyntaxMessages {
    /** Two parts of this shape at most: what the parser was at, and then what it stumbled over. */
    private static final Pattern PART =
            Pattern.compile("(?m)^(\\S.*(?:\\R\\(.*)?)\\R in 'reader', line (\\d+), column (\\d+):");

    private static final Pattern CONTEXT_WITHOUT_PLACE = Pattern.compile("(?m)\\A(while .*)$");

    private SyntaxMessages() {}

    static Mistake explain(JsonProcessingException error) {
        String message = error.getOriginalMessage();
        List<MatchResult> parts = PART.matcher(message).results().toList();
        if (parts.isEmpty()) {
            return new Mistake(place(error), "not YAML: " + firstLine(message));
        }
        MatchResult problem = parts.get(parts.size() - 1);
        return new Mistake(place(problem), "not YAML: " + oneLine(problem.group(1)) + context(parts, message));
    }

    private static String context(List<MatchResult> parts, String message) {
        if (parts.size() > 1) {
            return ", " + parts.get(0).group(1) + " that begins at " + place(parts.get(0));
        }
        return CONTEXT_WITHOUT_PLACE
                .matcher(message)
                .results()
                .findFirst()
                .map(context -> ", " + context.group(1))
                .orElse("");
    }

    private static Location place(MatchResult part) {
        return new Location(Integer.parseInt(part.group(2)), Integer.parseInt(part.group(3)));
    }

    private static Location place(JsonProcessingException error) {
        return error.getLocation() == null
                ? Location.START
                : new Location(
                        Math.max(1, error.getLocation().getLineNr()),
                        Math.max(1, error.getLocation().getColumnNr()));
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }
}
