package io.deployflow.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "scale", description = "Changes how many tasks a target has, and waits until they serve.")
final class ScaleCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Parameters(index = "1", paramLabel = "N", description = "How many tasks there are to be.")
    private int count;

    @Option(names = "--service", paramLabel = "NAME", description = "Of this service, where the target has several.")
    private Optional<String> service = Optional.empty();

    ScaleCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        return workbench.operate(
                options, (deployer, cancellation) -> deployer.scale(options.target(), count, service, cancellation));
    }
}
