package io.deployflow.cli;

import io.deployflow.Deployer;
import io.deployflow.PastRollout;
import io.deployflow.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "status", description = "Shows what a target serves, and what is unfinished there.")
final class StatusCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Option(names = "--timeline", description = "Also where the time of the last deploys went.")
    private boolean timeline;

    StatusCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    private record Answer(Status status, Optional<List<PastRollout>> past) {}

    @Override
    public Integer call() {
        return workbench.look(
                options,
                this::ask,
                (view, answer) -> view.status(answer.status(), answer.past()),
                answer -> ExitCode.of(answer.status()));
    }

    private Answer ask(Deployer deployer) {
        return new Answer(
                deployer.status(options.target()),
                timeline ? Optional.of(deployer.past(options.target())) : Optional.empty());
    }
}
