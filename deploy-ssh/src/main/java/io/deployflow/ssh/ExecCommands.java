package io.deployflow.ssh;

import java.util.List;

/** The script that runs a person's command on a host. */
final class ExecCommands {
    private ExecCommands() {}

    // As when a terminal is closed: without one, an SSH server ends nothing when the connection goes. What is not to
    // end then is started with nohup, as ever. The session leads its process group, and its parent is the server's
    // process for this connection: once that has gone, also before this is read, the session has another parent. The
    // one
    // who watches is no child of the command.
    private static final String HANG_UP = """
            connected() {
            if { read -r stat < /proc/$$/stat; } 2>/dev/null; then
            set -- ${stat##*) }
            [ "$2" = "$PPID" ]
            else
            kill -0 "$PPID" 2>/dev/null
            fi
            }
            watch() { while kill -0 "$1"; do connected || kill -HUP -$$; sleep 1; done; }
            own=$(exec /bin/sh -c 'echo $PPID')
            ( ( exec </dev/null >/dev/null 2>&1; watch "$own" ) & )
            """;

    /**
     * Runs a command in the live release's directory, or in {@code deploy_to} where nothing is live; its standard input
     * is empty. When the connection goes, the command is told to end.
     *
     * @param words one is a shell command; several are a program and its arguments, which reach it as they are
     */
    static String run(String deployTo, List<String> words) {
        String command = words.size() == 1 ? words.get(0) : Sh.quote(words);
        return """
                root=%s
                cd "$root" || exit
                if [ -L current ] && [ -d current ]; then cd -P current || exit; fi
                %sexec /bin/sh -c %s </dev/null
                """.formatted(Sh.quote(deployTo), HANG_UP, Sh.quote(command));
    }
}
