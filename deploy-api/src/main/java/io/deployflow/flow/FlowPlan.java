package io.deployflow.flow;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a flow would do.
 *
 * @param revision the commit, in full; empty outside of a repository
 * @param branch the branch that the filters see
 * @param tag the tag that they see
 * @param jobs every job, those that are required before those that require them
 */
public record FlowPlan(
        Optional<String> revision, Optional<String> branch, Optional<String> tag, List<PlannedJob> jobs) {

    /** Copies the list. */
    public FlowPlan {
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(branch, "branch");
        Objects.requireNonNull(tag, "tag");
        jobs = List.copyOf(jobs);
    }

    /**
     * One job.
     *
     * @param name its name
     * @param requires the jobs that it waits for
     * @param round 1 for jobs that wait for none, and one more than the last of those that it waits for
     * @param when on what it depends
     * @param skipped why it will not run; empty if it may
     * @param services the services that it needs
     * @param steps what its steps are called
     */
    public record PlannedJob(
            String name,
            List<String> requires,
            int round,
            When when,
            Optional<String> skipped,
            List<String> services,
            List<String> steps) {
        /** Copies the lists. */
        public PlannedJob {
            requires = List.copyOf(requires);
            services = List.copyOf(services);
            steps = List.copyOf(steps);
        }
    }
}
