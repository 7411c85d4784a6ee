package io.deployflow.cli;

import io.deployflow.event.DeployEvent;
import io.deployflow.event.DeployListener;

/** Shows people what happens in an operation: what commands on units write, and warnings. */
final class OperationEvents implements DeployListener {
    private final Answers answers;
    private final UnitOutput output;

    OperationEvents(Answers answers) {
        this.answers = answers;
        this.output = new UnitOutput(answers.terminal().out(), answers.style());
    }

    @Override
    public void onEvent(DeployEvent event) {
        if (answers.verbosity() == Verbosity.QUIET) {
            return;
        }
        if (event instanceof DeployEvent.UnitChanged changed) {
            output.expect(changed.unit());
            if (answers.verbosity() == Verbosity.VERBOSE) {
                answers.notice(EventWords.of(event));
            }
        } else if (event instanceof DeployEvent.Output line) {
            output.line(line.unit(), line.line());
        } else if (event instanceof DeployEvent.Warning) {
            answers.notice(EventWords.of(event));
        }
    }
}
