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
    /** What a shell would take as it stands. */
    private static final String PLAIN = "[\\w@%+:,./ -][\\w@%+=:,./ -]*";
    /** Several commands, or one that has variables before it or replaces the shell already. */
    private static final Pattern NOT_ALONE = Pattern.compile("[;&|(`]|^\\w+=|^exec\\s");

    private Procfile() {}

    /** The command of its line {@code web}; a shell's only where it takes one, and then in the shell's place. */
    static Optional<List<String>> web(String text) {
        Matcher line = WEB.matcher(text);
        return line.find() ? Optional.of(command(line.group(1))) : Optional.empty();
    }

    private static List<String> command(String line) {
        if (line.matches(PLAIN) && !line.matches("\\w+=.*")) {
            return List.of(line.split(" +", -1));
        }
        return List.of("/bin/sh", "-c", NOT_ALONE.matcher(line).find() ? line : "exec " + line);
    }
}
