package io.deployflow.ssh.capistrano;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Values as YAML has them. */
final class Yaml {
    private static final Set<String> WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off");

    private Yaml() {}

    /** A text; in quotes unless it cannot be taken for anything else. */
    static String text(String text) {
        boolean plain =
                text.matches("(~/|/|[A-Za-z])[A-Za-z0-9_./@-]*") && !WORDS.contains(text.toLowerCase(Locale.ROOT));
        if (plain) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ' || c == 0x7f) {
                quoted.append("\\x%02x".formatted(c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }

    /** A list on one line. */
    static String list(List<String> texts) {
        return texts.stream().map(Yaml::text).collect(Collectors.joining(", ", "[", "]"));
    }
}
