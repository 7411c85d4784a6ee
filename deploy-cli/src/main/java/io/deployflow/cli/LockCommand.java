package io.deployflow.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "lock", description = "Locks a target by hand: nobody deploys there until it is unlocked.")
final class LockCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; told to everybody who meets the lock.")
    private Optional<String> reason = Optional.empty();

    LockCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        return workbench.operate(
                options, (deployer, cancellation) -> deployer.lock(options.target(), reason, cancellation));
    }
}
