package io.deployflow.ssh;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** A host on which a {@code mv} with some text in its words comes to a halt, before or after it has renamed. */
final class HeldRename implements AutoCloseable {
    /** Stands before the real one on the path. The shell that called it waits for it. */
    private static final String HALTING_MV = """
            #!/bin/sh
            case "$*" in *'%s'*) ;; *) exec /bin/mv "$@" ;; esac
            %s
            : > /tmp/mv-halts
            exec sleep 1000
            """;

    private final Story story;
    private final int host;

    private HeldRename(Story story, int host) {
        this.story = story;
        this.host = host;
    }

    static HeldRename before(Story story, int host, String text) {
        return set(story, host, HALTING_MV.formatted(text, ":"));
    }

    static HeldRename after(Story story, int host, String text) {
        return set(story, host, HALTING_MV.formatted(text, "/bin/mv \"$@\""));
    }

    private static HeldRename set(Story story, int host, String script) {
        story.asRoot(
                host,
                "rm -f /tmp/mv-halts; printf '%s' " + Sh.quote(script)
                        + " > /usr/local/bin/mv; chmod 755 /usr/local/bin/mv");
        return new HeldRename(story, host);
    }

    /** Waits until the host is there. */
    void awaitHost() {
        await("the host reaches the rename")
                .atMost(Duration.ofMinutes(1))
                .until(() ->
                        !story.on(host, "ls /tmp/mv-halts 2>/dev/null || :").isEmpty());
    }

    /** Leaves the host as any other; it must run. */
    @Override
    public void close() {
        story.asRoot(host, "rm -f /usr/local/bin/mv /tmp/mv-halts");
    }
}
