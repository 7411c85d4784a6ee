package io.deployflow.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "releases", description = "Shows the releases at a target, newest first, or removes old ones.")
final class ReleasesCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Option(names = "--prune", description = "Remove old releases, as a deploy does at its end.")
    private boolean prune;

    ReleasesCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        if (prune) {
            return workbench.operate(
                    options, (deployer, cancellation) -> deployer.prune(options.target(), cancellation));
        }
        return workbench.look(
                options,
                deployer -> deployer.releases(options.target()),
                (view, releases) -> view.releases(options.target(), releases));
    }
}
