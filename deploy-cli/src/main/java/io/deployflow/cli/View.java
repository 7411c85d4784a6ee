package io.deployflow.cli;

import io.deployflow.CheckReport;
import io.deployflow.OperationReport;
import io.deployflow.PastRollout;
import io.deployflow.Plan;
import io.deployflow.Release;
import io.deployflow.Report;
import io.deployflow.Status;
import io.deployflow.event.DeployListener;
import java.util.List;
import java.util.Optional;

/**
 * Shows what a command does and how it ends, in one format. Answers go to the terminal's output, failures and notices
 * to its error stream.
 */
interface View extends DeployListener, AutoCloseable {
    /** What a deploy or a rollback did; its failure too, if it has one. */
    void report(Report report);

    /**
     * What a deploy would do.
     *
     * @param steps whether what would be run and sent is wanted too
     */
    void plan(Plan plan, boolean steps);

    /**
     * What a target serves.
     *
     * @param past its last rollouts and where their time went, if that was asked for
     */
    void status(Status status, Optional<List<PastRollout>> past);

    /** The releases at a target, newest first. */
    void releases(String target, List<Release> releases);

    /** What was looked at; its failure too, if it has one. */
    void checks(CheckReport report);

    /**
     * What whoever deploys must be allowed.
     *
     * @param document as it is given to the target's access control
     */
    void policy(String target, String document);

    /** What an operation did; its failure too, if it has one. */
    void operation(OperationReport report);

    /** Why there is neither a report nor an answer. */
    void failed(Failure failure);

    /** Something that the person at the terminal should know at once. */
    void notice(String text);

    /** Nothing is shown afterwards. */
    @Override
    void close();
}
