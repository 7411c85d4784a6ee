package io.deployflow.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "rollback", description = "Rolls out an earlier release: the last good one, or the one named.")
final class RollbackCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Option(names = "--to", paramLabel = "RELEASE", description = "A release's id (default: the last good one).")
    private Optional<String> release = Optional.empty();

    RollbackCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        return workbench.change(
                options, (deployer, cancellation) -> deployer.rollback(options.target(), release, cancellation));
    }
}
