package io.deployflow.ecs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces <code>{image}</code>, <code>{revision}</code> and <code>${env:NAME}</code> in a text; <code>$${</code> is
 * <code>${</code>, as in a deploy file. Whatever else has braces stays.
 *
 * @param values what stands for each word in braces
 * @param environment gives a variable's value, or null if it is not set
 */
record Placeholders(Map<String, String> values, Function<String, @Nullable String> environment) {
    private static final Pattern MARK = Pattern.compile("\\$\\$\\{|\\$\\{env:([^}]*)}|(?<!\\$)\\{([a-z]+)}");

    Placeholders {
        values = Map.copyOf(values);
    }

    /**
     * What a text became.
     *
     * @param problems what is wrong with it; never a variable's value
     */
    record Filled(String text, List<String> problems) {}

    /** Replaces what there is to replace. */
    Filled fill(String text) {
        List<String> problems = new ArrayList<>();
        StringBuilder filled = new StringBuilder();
        int rest = 0;
        for (MatchResult mark : MARK.matcher(text).results().toList()) {
            filled.append(text, rest, mark.start()).append(replacement(mark, problems));
            rest = mark.end();
        }
        return new Filled(filled.append(text, rest, text.length()).toString(), problems);
    }

    private String replacement(MatchResult mark, List<String> problems) {
        @Nullable String variable = mark.group(1);
        @Nullable String word = mark.group(2);
        if (variable != null) {
            @Nullable String value = environment.apply(variable);
            if (value == null) {
                problems.add("environment variable '" + variable + "' is not set");
            }
            return value == null ? "" : value;
        }
        return word == null ? "${" : values.getOrDefault(word, mark.group());
    }
}
