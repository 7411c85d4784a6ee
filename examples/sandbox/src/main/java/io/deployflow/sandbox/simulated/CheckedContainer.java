package io.deployflow.sandbox.simulated;

import io.deployflow.sandbox.port.ContainerStatus.Health;
import io.deployflow.sandbox.port.HealthCheck;
import java.time.Instant;
import java.util.function.Predicate;

/** The health of a container by its own check, as the engine counts. */
final class CheckedContainer {

    private final HealthCheck check;
    private Health health = Health.UNKNOWN;
    private int done;
    private int failures;

    CheckedContainer(HealthCheck check) {
        this.check = check;
    }

    Health health() {
        return health;
    }

    /** Does the checks that were due by now; the first comes an interval after the start. */
    void observe(Instant started, Instant now, Predicate<Instant> passes) {
        Instant next = due(started);
        while (!now.isBefore(next)) {
            done++;
            count(passes.test(next), next.isBefore(started.plus(check.startPeriod())));
            next = due(started);
        }
    }

    private Instant due(Instant started) {
        return started.plus(check.interval().multipliedBy(done + 1L));
    }

    private void count(boolean passed, boolean starting) {
        if (passed) {
            failures = 0;
            health = Health.HEALTHY;
        } else if (!starting && ++failures >= check.retries()) {
            health = Health.UNHEALTHY;
        }
    }
}
