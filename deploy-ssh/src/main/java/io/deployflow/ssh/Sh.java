package io.deployflow.ssh;

import java.util.List;
import java.util.stream.Collectors;

/** Text for a POSIX shell. */
final class Sh {
    private Sh() {}

    /** A word that the shell takes as it is, whatever is in it. */
    static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** Words, each quoted. */
    static String quote(List<String> words) {
        return words.stream().map(Sh::quote).collect(Collectors.joining(" "));
    }

    /** The command that runs a script by {@code /bin/sh}, whatever the account's login shell is. */
    static String command(String script) {
        return "exec /bin/sh -c " + quote(script);
    }
}
