package io.deployflow.ecs;

import io.deployflow.BuildException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The patterns of a {@code .dockerignore}, as Docker reads them: the last one that matches a path, or a directory above
 * it, decides; {@code !} takes back.
 *
 * @param rules in the order of the file
 */
record DockerIgnore(List<Rule> rules) {
    /** Its name, at the root of the source. */
    static final String FILE = ".dockerignore";

    private static final String SPECIAL = ".+(){}^$|";

    /**
     * One line.
     *
     * @param pattern matches paths from the root, without a leading slash, and everything below what it names
     * @param excludes false for a line that begins with {@code !}
     */
    record Rule(Pattern pattern, boolean excludes) {}

    DockerIgnore {
        rules = List.copyOf(rules);
    }

    /**
     * Reads the lines of a file.
     *
     * @throws BuildException if one is no pattern
     */
    static DockerIgnore parse(List<String> lines) {
        return new DockerIgnore(IntStream.range(0, lines.size())
                .boxed()
                .flatMap(index -> rule(lines.get(index), index + 1))
                .toList());
    }

    /** Whether a path, with {@code /} between its parts, stays out of the context. */
    boolean excludes(String path) {
        boolean excluded = false;
        for (Rule rule : rules) {
            if (rule.pattern().matcher(path).matches()) {
                excluded = rule.excludes();
            }
        }
        return excluded;
    }

    /** Whether something below an excluded directory may still belong to the context. */
    boolean mayIncludeBelow() {
        return rules.stream().anyMatch(rule -> !rule.excludes());
    }

    private static Stream<Rule> rule(String line, int number) {
        String text = line.strip();
        if (line.startsWith("#") || text.isEmpty()) {
            return Stream.empty();
        }
        try {
            return rule(text);
        } catch (PatternSyntaxException e) {
            throw new BuildException(
                    FILE + ":" + number + ": '" + text + "' is no pattern: " + e.getDescription(),
                    "Mend the line; a bracket that stands for itself is written \\[.",
                    null,
                    e);
        }
    }

    private static Stream<Rule> rule(String line) {
        boolean excludes = !line.startsWith("!");
        String path = clean(excludes ? line : line.substring(1).strip());
        return path.isEmpty() || path.equals(".")
                ? Stream.empty()
                : Stream.of(new Rule(Pattern.compile(regex(path) + "(/.*)?", Pattern.DOTALL), excludes));
    }

    /** Without {@code ./}, doubled slashes, and slashes at either end. */
    private static String clean(String path) {
        return path.replaceAll("/+", "/").replaceAll("^(\\./)+", "").replaceAll("^/|/$", "");
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (glob.startsWith("**", i)) {
                boolean last = i + 2 == glob.length();
                regex.append(last ? ".*" : "(.*/)?");
                i += glob.startsWith("**/", i) ? 2 : 1;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (c == '\\' && i + 1 < glob.length()) {
                i++;
                regex.append(Pattern.quote(String.valueOf(glob.charAt(i))));
            } else if (SPECIAL.indexOf(c) >= 0) {
                regex.append('\\').append(c);
            } else {
                regex.append(c);
            }
        }
        return regex.toString();
    }
}
