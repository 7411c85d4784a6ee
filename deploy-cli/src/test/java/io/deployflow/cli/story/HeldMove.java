package io.deployflow.cli.story;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/**
 * A {@code mv} on a host that waits until it is told how to go on: so a story can stop a deploy exactly before one of
 * its renames, on one host and not on the others.
 */
final class HeldMove implements AutoCloseable {
    /** Stands before the real one on the path. Reading a pipe waits until somebody writes. */
    private static final String WAITING_MV = """
            #!/bin/sh
            text=$(cat /tmp/hold/text 2> /dev/null) || exec /bin/mv "$@"
            case "$*" in *"$text"*) ;; *) exec /bin/mv "$@" ;; esac
            : > /tmp/hold/waits
            read -r verdict < /tmp/hold/verdict
            [ "$verdict" = fail ] || exec /bin/mv "$@"
            echo "mv: the disk is gone" >&2
            exit 1
            """;

    private final String container;
    private boolean told;

    private HeldMove(String container) {
        this.container = container;
    }

    static HeldMove set(String container, String text) {
        Hosts.on(container, "root", WAITING_MV, "cat > /usr/local/bin/mv && chmod +x /usr/local/bin/mv");
        Hosts.on(
                container,
                "deploy",
                text,
                "rm -rf /tmp/hold && mkdir /tmp/hold && mkfifo /tmp/hold/verdict && cat > /tmp/hold/text");
        return new HeldMove(container);
    }

    /** Waits until the host is there. */
    void awaitHost() {
        await("the host reaches the rename").atMost(Duration.ofMinutes(1)).until(this::waits);
    }

    private boolean waits() {
        return Hosts.on(container, "deploy", "", "ls /tmp/hold").contains("waits");
    }

    /** Lets it rename. */
    void goOn() {
        tell("go on");
    }

    /** Has it fail without having renamed. */
    void fail() {
        tell("fail");
    }

    private void tell(String verdict) {
        told = true;
        Hosts.on(container, "deploy", verdict + "\n", "rm /tmp/hold/text && cat > /tmp/hold/verdict");
    }

    /** Whatever happened, leaves the host as any other. */
    @Override
    public void close() {
        if (!told && waits()) {
            fail();
        }
        Hosts.on(container, "root", "", "rm -rf /usr/local/bin/mv /tmp/hold");
    }
}
