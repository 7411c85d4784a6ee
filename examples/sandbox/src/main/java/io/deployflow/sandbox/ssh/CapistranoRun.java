package io.deployflow.sandbox.ssh;

import io.deployflow.sandbox.docker.CommandEnd;
import io.deployflow.sandbox.docker.SandboxException;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * What one run of Capistrano was.
 *
 * @param status its exit status
 * @param output what it wrote, errors included
 * @param wall how long it took, from its start to its end inside of its container
 * @param cpu how much processor time it took, in user and kernel mode together
 */
public record CapistranoRun(int status, String output, Duration wall, Duration cpu) {

    /** Reads what {@link Capistrano} had printed: Capistrano's own output, and a last line of seconds. */
    static CapistranoRun of(CommandEnd end) {
        String printed = end.output().stripTrailing();
        int last = printed.lastIndexOf('\n');
        String[] seconds = printed.substring(last + 1).split(" ", -1);
        if (seconds.length != 3) {
            throw new SandboxException("Capistrano was not run to its end: " + printed);
        }
        return new CapistranoRun(
                end.status(),
                printed.substring(0, Math.max(0, last)).stripTrailing(),
                duration(seconds[0]),
                duration(seconds[1]).plus(duration(seconds[2])));
    }

    private static Duration duration(String seconds) {
        return Duration.ofMillis(new BigDecimal(seconds).movePointRight(3).longValueExact());
    }
}
