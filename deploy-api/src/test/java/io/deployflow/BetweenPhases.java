package io.deployflow;

import io.deployflow.event.DeployEvent;
import io.deployflow.event.DeployListener;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What each deploy works between its phases, where no row of a timeline has it. Counted is the processor's time of the
 * deploy's own thread: on a busy machine anything may be held up anywhere, which says nothing of the deploy.
 */
final class BetweenPhases implements DeployListener {
    private final List<Duration> deploys = new ArrayList<>();
    private long ended;

    @Override
    public void onEvent(DeployEvent event) {
        if (event instanceof DeployEvent.PhaseStarted started) {
            Duration since = Duration.ofNanos(worked() - ended);
            if (started.phase() == Phase.PREFLIGHT) {
                deploys.add(Duration.ZERO);
            } else {
                int last = deploys.size() - 1;
                deploys.set(last, deploys.get(last).plus(since));
            }
        } else if (event instanceof DeployEvent.PhaseFinished) {
            ended = worked();
        }
    }

    /** In the order in which they were made. */
    List<Duration> deploys() {
        return List.copyOf(deploys);
    }

    private static long worked() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
