package io.deployflow.flow;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is asked of a flow.
 *
 * @param jobs the jobs that are wanted, with those that they require; empty for all
 * @param branch the branch; empty for the one that the CI names, or that is checked out
 * @param tag the tag; empty for the one that the CI names, or none
 * @param inPlace whether steps run in the source directory as it is, one job at a time, instead of each job in a
 *     checkout of the commit
 */
public record FlowRequest(List<String> jobs, Optional<String> branch, Optional<String> tag, boolean inPlace) {
    /** Copies the list. */
    public FlowRequest {
        jobs = List.copyOf(jobs);
        Objects.requireNonNull(branch, "branch");
        Objects.requireNonNull(tag, "tag");
    }

    /** All jobs, for the branch that is checked out. */
    public static FlowRequest defaults() {
        return new FlowRequest(List.of(), Optional.empty(), Optional.empty(), false);
    }

    /** The same for some jobs only. */
    public FlowRequest withJobs(List<String> wanted) {
        return new FlowRequest(wanted, branch, tag, inPlace);
    }

    /** The same for another branch. */
    public FlowRequest withBranch(String name) {
        return new FlowRequest(jobs, Optional.of(name), tag, inPlace);
    }
}
