package io.deployflow.ecs;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Procfile starts for the web, as Foreman and Heroku read it. Pure. */
final class Procfile {
    /** Its name, at the root of the source. */
    static final String FILE = "Procfile";

    private static final Pattern WEB = Pattern.compile("^web:[ \\t]*(\\S.*?)\\s*$", Pattern.MULTILINE);

    private Procfile() {}

    /** The command of its line {@code web}; a shell's only where it takes one, and then in the shell's place. */
    static Optional<List<String>> web(String text) {
        Matcher line = WEB.matcher(text);
        return line.find() ? Optional.of(Start.words(line.group(1))) : Optional.empty();
    }
}
