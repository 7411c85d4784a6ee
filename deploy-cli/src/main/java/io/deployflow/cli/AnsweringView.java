package io.deployflow.cli;

import io.deployflow.CheckReport;
import io.deployflow.OperationReport;
import io.deployflow.PastRollout;
import io.deployflow.Phase;
import io.deployflow.Plan;
import io.deployflow.Release;
import io.deployflow.Status;
import io.deployflow.event.DeployEvent;
import java.util.List;
import java.util.Optional;

/**
 * What every format for people has in common: answers and operations are the same words in all; how a deploy goes on is
 * not.
 */
abstract class AnsweringView implements View {
    final Answers answers;
    private final OperationEvents operation;

    AnsweringView(Terminal terminal, Style style, Verbosity verbosity) {
        this.answers = new Answers(terminal, style, verbosity);
        this.operation = new OperationEvents(answers);
    }

    @Override
    public final synchronized void onEvent(DeployEvent event) {
        if (event.phase() == Phase.OPERATION) {
            operation.onEvent(event);
        } else {
            onDeploy(event);
        }
    }

    /** Something happened in a deploy or a rollback; one call at a time. */
    abstract void onDeploy(DeployEvent event);

    @Override
    public void plan(Plan plan, boolean steps) {
        answers.plan(plan, steps);
    }

    @Override
    public void status(Status status, Optional<List<PastRollout>> past) {
        answers.status(status, past);
    }

    @Override
    public void releases(String target, List<Release> releases) {
        answers.releases(target, releases);
    }

    @Override
    public void checks(CheckReport report) {
        answers.checks(report);
    }

    @Override
    public void policy(String target, String document) {
        answers.policy(document);
    }

    @Override
    public void operation(OperationReport report) {
        answers.operation(report);
    }
}
