package io.deployflow.sandbox.simulated;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a container of an image does. Every time is virtual. A container check passes when the container would answer a
 * target group's check with a status below 400.
 *
 * @param pull how long its image takes to be pulled
 * @param failure why it never runs, as {@link io.deployflow.sandbox.port.ContainerStatus} has it; empty when it runs
 * @param start how long it takes to start after the pull
 * @param ready how long after its start it answers; before, connections are refused
 * @param status the HTTP status that it answers
 * @param end how it ends by itself; empty when it runs on
 * @param stop how long it takes to end after SIGTERM; longer than its stop timeout, and it is killed
 * @param stopCode its exit code after SIGTERM
 * @param log what it writes once it has started
 */
public record Script(
        Duration pull,
        Optional<String> failure,
        Duration start,
        Duration ready,
        int status,
        Optional<End> end,
        Duration stop,
        int stopCode,
        List<String> log) {

    /** Pulled in two seconds, started in one, ready in two more; ends half a second after SIGTERM. */
    public static final Script GOOD = new Script(
            Duration.ofSeconds(2),
            Optional.empty(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            200,
            Optional.empty(),
            Duration.ofMillis(500),
            143,
            List.of("listening"));

    /** Copies the list. */
    public Script {
        log = List.copyOf(log);
    }

    /**
     * An end that nobody asked for.
     *
     * @param after how long after its start
     * @param code the exit code
     * @param outOfMemory whether the kernel killed it for memory
     */
    public record End(Duration after, int code, boolean outOfMemory) {}

    /** An image for another processor: it can be pulled, and nothing in it can be run. */
    public static final Script OTHER_ARCHITECTURE = GOOD.exiting(Duration.ofMillis(100), 1)
            .writing("exec /usr/local/bin/docker-entrypoint.sh: exec format error");

    /**
     * Takes its time.
     *
     * @param pulled how long the pull takes
     * @param started how long the start takes after it
     * @param answering how long after that it answers
     * @return the changed script
     */
    public Script taking(Duration pulled, Duration started, Duration answering) {
        return new Script(pulled, failure, started, answering, status, end, stop, stopCode, log);
    }

    /**
     * Never runs.
     *
     * @param why the reason as ECS gives it, {@code CannotPullContainerError: ...}
     * @return the changed script
     */
    public Script failing(String why) {
        return new Script(pull, Optional.of(why), start, ready, status, end, stop, stopCode, log);
    }

    /**
     * Answers another status than 200.
     *
     * @param answered the HTTP status
     * @return the changed script
     */
    public Script answering(int answered) {
        return new Script(pull, failure, start, ready, answered, end, stop, stopCode, log);
    }

    /**
     * Ends by itself.
     *
     * @param after how long after its start
     * @param code the exit code
     * @return the changed script
     */
    public Script exiting(Duration after, int code) {
        return ending(new End(after, code, false));
    }

    /**
     * Is killed for memory.
     *
     * @param after how long after its start
     * @return the changed script
     */
    public Script outOfMemory(Duration after) {
        return ending(new End(after, 137, true));
    }

    private Script ending(End how) {
        return new Script(pull, failure, start, ready, status, Optional.of(how), stop, stopCode, log);
    }

    /**
     * Reacts to SIGTERM in its own way.
     *
     * @param after how long it takes to end
     * @param code the exit code
     * @return the changed script
     */
    public Script stopping(Duration after, int code) {
        return new Script(pull, failure, start, ready, status, end, after, code, log);
    }

    /**
     * Writes other lines.
     *
     * @param lines what it writes once it has started
     * @return the changed script
     */
    public Script writing(String... lines) {
        return new Script(pull, failure, start, ready, status, end, stop, stopCode, List.of(lines));
    }
}
