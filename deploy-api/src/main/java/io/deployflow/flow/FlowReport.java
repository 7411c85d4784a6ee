package io.deployflow.flow;

import io.deployflow.DeployException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run of a flow did.
 *
 * @param run its id
 * @param directory where its logs, artifacts and test results are
 * @param jobs every job, in the order in which they ended
 * @param tests what the tests did, if any result was stored
 * @param took how long it took
 * @param failure why it failed, if it did
 */
public record FlowReport(
        String run,
        Path directory,
        List<JobReport> jobs,
        Optional<TestSummary> tests,
        Duration took,
        Optional<DeployException> failure) {
    /** Copies the list. */
    public FlowReport {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(tests, "tests");
        Objects.requireNonNull(took, "took");
        Objects.requireNonNull(failure, "failure");
        jobs = List.copyOf(jobs);
    }

    /** One job's report, if there is a job of that name. */
    public Optional<JobReport> job(String name) {
        return jobs.stream().filter(job -> job.name().equals(name)).findFirst();
    }

    /**
     * This report, if no job failed.
     *
     * @throws DeployException the failure, if one did
     */
    public FlowReport orThrow() {
        if (failure.isPresent()) {
            throw failure.get();
        }
        return this;
    }
}
