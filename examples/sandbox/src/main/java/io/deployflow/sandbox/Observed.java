package io.deployflow.sandbox;

import io.deployflow.sandbox.elb.Balancing;
import io.deployflow.sandbox.elb.TargetHealth;
import io.deployflow.sandbox.elb.TargetRef;
import io.deployflow.sandbox.port.TaskStatus;
import io.deployflow.sandbox.scheduler.Facts;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The facts of one beat. */
record Observed(Instant now, Map<String, TaskStatus> tasks, Balancing balancing, Set<String> ringing) implements Facts {

    @Override
    public Optional<TaskStatus> task(String taskId) {
        return Optional.ofNullable(tasks.get(taskId));
    }

    @Override
    public boolean alarming(String name) {
        return ringing.contains(name);
    }

    @Override
    public TargetHealth target(TargetRef target) {
        return balancing.health(target);
    }
}
