package io.deployflow.ecs;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What an application of a kind is started with where nobody says.
 *
 * @param command its words; none where nothing tells, so that the base image's stays
 * @param reason what tells it, or why nothing does
 * @param example how it could be said
 */
record Start(List<String> command, String reason, String example) {
    /** The variable that tells a command of a Procfile where to listen. */
    static final String PORT = "PORT";

    private static final Pattern USES_PORT = Pattern.compile("\\$(PORT\\b|\\{PORT\\b)");
    private static final Pattern NEEDS_PORT = Pattern.compile("\\$(PORT\\b|\\{PORT})");

    /** What a shell would take as it stands. */
    private static final String PLAIN = "[\\w@%+:,./ -][\\w@%+=:,./ -]*";
    /** Several commands, or one that has variables before it or replaces the shell already. */
    private static final Pattern NOT_ALONE = Pattern.compile("[;&|(`]|^\\w+=|^exec\\s");

    /** What needs none. */
    static final Start NOTHING = new Start(List.of(), "", "");

    Start {
        command = List.copyOf(command);
    }

    /** Something that the source tells. */
    static Start with(List<String> command, String reason) {
        return new Start(command, reason, "");
    }

    /** Nothing. */
    static Start unknown(String reason, String example) {
        return new Start(List.of(), reason, example);
    }

    /** Whether it looks at the variable. */
    boolean wantsPort() {
        return command.stream().anyMatch(word -> USES_PORT.matcher(word).find());
    }

    /** Whether it has nothing to go by without the variable. */
    boolean needsPort() {
        return command.stream().anyMatch(word -> NEEDS_PORT.matcher(word).find());
    }

    /** What a line of a shell starts; a shell only where it takes one, and then one that makes way for it. */
    static List<String> words(String line) {
        if (line.matches(PLAIN) && !line.matches("\\w+=.*")) {
            return List.of(line.split(" +", -1));
        }
        return List.of("/bin/sh", "-c", NOT_ALONE.matcher(line).find() ? line : "exec " + line);
    }
}
