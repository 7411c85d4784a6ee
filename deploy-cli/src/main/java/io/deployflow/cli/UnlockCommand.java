package io.deployflow.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "unlock", description = "Removes a lock by hand, or one that a deploy left that is gone.")
final class UnlockCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Option(names = "--force", description = "Take the lock away also from a deploy that is under way.")
    private boolean force;

    UnlockCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        return workbench.operate(
                options, (deployer, cancellation) -> deployer.unlock(options.target(), force, cancellation));
    }
}
