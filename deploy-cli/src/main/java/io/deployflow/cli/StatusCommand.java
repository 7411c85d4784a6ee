package io.deployflow.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "status", description = "Shows what a target serves, and what is unfinished there.")
final class StatusCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    StatusCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        return workbench.look(options, deployer -> deployer.status(options.target()), View::status, ExitCode::of);
    }
}
