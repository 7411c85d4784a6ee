package io.deployflow.flow;

import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which branches, or tags, a job is for. A pattern is a name, a name with {@code *}, or a regular expression between
 * slashes that the whole name must match. What {@code ignore} matches is out, whatever {@code only} says.
 *
 * @param only only these; empty for all
 * @param ignore not these
 */
public record FilterSettings(
        @Setting("Only these: names, names with *, or regular expressions between slashes.")
        List<String> only,

        @Setting("Not these, whatever 'only' says.") List<String> ignore) {

    /** Copies the lists, and checks each pattern. */
    public FilterSettings {
        only = List.copyOf(only);
        ignore = List.copyOf(ignore);
        check("only", only);
        check("ignore", ignore);
        if (only.isEmpty() && ignore.isEmpty()) {
            throw new InvalidSettingException("", "needs 'only' or 'ignore'");
        }
    }

    /** Whether a name passes. */
    public boolean passes(String name) {
        boolean wanted = only.isEmpty() || only.stream().anyMatch(pattern -> matches(pattern, name));
        return wanted && ignore.stream().noneMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        return compile(pattern).matcher(name).matches();
    }

    private static void check(String key, List<String> patterns) {
        for (String pattern : patterns) {
            try {
                compile(pattern);
            } catch (PatternSyntaxException e) {
                throw new InvalidSettingException(
                        key, "has '" + pattern + "', which is no regular expression: " + e.getDescription());
            }
        }
    }

    private static Pattern compile(String pattern) {
        if (pattern.length() > 1 && pattern.startsWith("/") && pattern.endsWith("/")) {
            return Pattern.compile(pattern.substring(1, pattern.length() - 1));
        }
        return Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    }
}
