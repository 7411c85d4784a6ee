package io.deployflow.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "releases", description = "Shows the releases at a target, newest first.")
final class ReleasesCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    ReleasesCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        return workbench.look(
                options,
                deployer -> deployer.releases(options.target()),
                (view, releases) -> view.releases(options.target(), releases));
    }
}
