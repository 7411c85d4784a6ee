package io.deployflow.internal.config.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces <code>${env:NAME}</code> by the variable's value. <code>$${</code> is <code>${</code>; any other <code>
 * ${...}</code> stays, because shell commands use it.
 *
 * @param environment gives a variable's value, or null if it is not set
 */
public record Interpolation(Function<String, @Nullable String> environment) {
    private static final Pattern MARK = Pattern.compile("\\$\\$\\{|\\$\\{env:([^}]*)(}?)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /**
     * What a text became.
     *
     * @param text the text with its variables replaced; of no use if there are problems
     * @param problems what is wrong with it; never a variable's value
     */
    public record Result(String text, List<String> problems) {
        /** Copies the problems. */
        public Result {
            problems = List.copyOf(problems);
        }
    }

    /** Replaces every variable in a text. */
    public Result apply(String text) {
        List<String> problems = new ArrayList<>();
        StringBuilder result = new StringBuilder();
        int rest = 0;
        for (MatchResult mark : MARK.matcher(text).results().toList()) {
            result.append(text, rest, mark.start()).append(replacement(mark, problems));
            rest = mark.end();
        }
        return new Result(result.append(text, rest, text.length()).toString(), problems);
    }

    private String replacement(MatchResult mark, List<String> problems) {
        @Nullable String name = mark.group(1);
        if (name == null) {
            return "${";
        }
        if (mark.group(2).isEmpty()) {
            problems.add("'" + mark.group() + "' has no closing '}'");
        } else if (!NAME.matcher(name).matches()) {
            problems.add("'" + mark.group() + "' does not name a variable");
        } else {
            return value(name, problems);
        }
        return "";
    }

    private String value(String name, List<String> problems) {
        @Nullable String value = environment.apply(name);
        if (value != null) {
            return value;
        }
        problems.add("environment variable '" + name + "' is not set");
        return "";
    }
}
