package io.deployflow.internal.flow;

import io.deployflow.flow.FlowException;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in what stands between double braces: {@code {{ branch }}}, {@code {{ checksum "Gemfile.lock" }}}. A dot before
 * a name, as CircleCI writes it, means nothing.
 *
 * @param names what each name stands for
 * @param checksum makes the digest of a file that is named
 */
record Templates(Map<String, String> names, Function<String, String> checksum) {
    private static final Pattern BRACES =
            Pattern.compile("\\{\\{\\s*(?:checksum\\s+\"([^\"]+)\"|\\.?([A-Za-z_][A-Za-z0-9_.-]*))\\s*}}");

    /**
     * Fills in a text.
     *
     * @throws FlowException if it names what is not there
     */
    String fill(String text) {
        Matcher braces = BRACES.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (braces.find()) {
            braces.appendReplacement(filled, Matcher.quoteReplacement(value(braces)));
        }
        return braces.appendTail(filled).toString();
    }

    private String value(Matcher braces) {
        if (braces.group(1) != null) {
            return checksum.apply(braces.group(1));
        }
        String name = braces.group(2);
        String value = names.get(Character.toLowerCase(name.charAt(0)) + name.substring(1));
        if (value == null) {
            throw new FlowException(
                    "'" + braces.group() + "' stands for nothing",
                    "There are checksum \"FILE\" and: "
                            + String.join(", ", names.keySet().stream().sorted().toList()) + ".");
        }
        return value;
    }
}
