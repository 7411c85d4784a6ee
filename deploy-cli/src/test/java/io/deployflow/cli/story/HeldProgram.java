package io.deployflow.cli.story;

/**
 * A program on a host, such as {@code mv}, that waits until it is told how to go on: so a story can stop a deploy
 * exactly before one of its renames, on one host and not on the others.
 */
final class HeldProgram implements AutoCloseable {
    /** Stands before the real one on the path. Reading a pipe waits until somebody writes. */
    private static final String WAITING = """
            #!/bin/sh
            text=$(cat /tmp/hold/text 2> /dev/null) || exec /bin/%1$s "$@"
            case "$*" in *"$text"*) ;; *) exec /bin/%1$s "$@" ;; esac
            : > /tmp/hold/waits
            read -r verdict < /tmp/hold/verdict
            [ "$verdict" = fail ] || exec /bin/%1$s "$@"
            echo "%1$s: the disk is gone" >&2
            exit 1
            """;

    private final String container;
    private final String program;
    private boolean told;

    private HeldProgram(String container, String program) {
        this.container = container;
        this.program = program;
    }

    /**
     * Has the next call of a program wait.
     *
     * @param program in {@code /bin}
     * @param text some of the words that it is called with; no quotes
     */
    static HeldProgram set(String container, String program, String text) {
        Hosts.on(container, "root", WAITING.formatted(program), """
                cat > /usr/local/bin/%1$s && chmod +x /usr/local/bin/%1$s && /bin/rm -rf /tmp/hold && mkdir /tmp/hold &&
                mkfifo /tmp/hold/verdict && printf %%s '%2$s' > /tmp/hold/text && chown -R deploy /tmp/hold
                """.formatted(program, text));
        return new HeldProgram(container, program);
    }

    /** Waits until the host is there; it is the host that looks, for each question to it costs more than the looks. */
    void awaitHost() {
        Hosts.on(container, "deploy", "", """
                looks=0
                until [ -e /tmp/hold/waits ]; do
                    looks=$((looks + 1))
                    if [ $looks -gt 1200 ]; then echo 'not reached: %s'; exit 1; fi
                    sleep 0.05
                done
                """.formatted(program));
    }

    private boolean waits() {
        return Hosts.on(container, "deploy", "", "ls /tmp/hold").contains("waits");
    }

    /** Lets it run. */
    void goOn() {
        tell("go on");
    }

    /** Has it fail without having done anything. */
    void fail() {
        tell("fail");
    }

    private void tell(String verdict) {
        told = true;
        Hosts.on(container, "deploy", verdict + "\n", "/bin/rm /tmp/hold/text && cat > /tmp/hold/verdict");
    }

    /** Whatever happened, leaves the host as any other. */
    @Override
    public void close() {
        if (!told && waits()) {
            fail();
        }
        Hosts.on(container, "root", "", "/bin/rm -rf /usr/local/bin/" + program + " /tmp/hold");
    }
}
