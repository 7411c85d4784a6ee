package io.deployflow.ssh;

import java.util.List;

/** The script that runs a person's command on a host. */
final class ExecCommands {
    private ExecCommands() {}

    /**
     * Runs a command in the live release's directory, or in {@code deploy_to} where nothing is live; its standard input
     * is empty.
     *
     * @param words one is a shell command; several are a program and its arguments, which reach it as they are
     */
    static String run(String deployTo, List<String> words) {
        String command = words.size() == 1 ? words.get(0) : Sh.quote(words);
        return """
                root=%s
                cd "$root" || exit
                if [ -L current ] && [ -d current ]; then cd -P current || exit; fi
                exec /bin/sh -c %s </dev/null
                """.formatted(Sh.quote(deployTo), Sh.quote(command));
    }
}
