package io.deployflow.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rollout",
        description = "Rolls out an image that somebody else built; a failure puts back what was live.")
final class RolloutCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            required = true,
            description = "The image: registry/repository:tag, or pinned with @sha256:...")
    private String image = "";

    RolloutCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        return workbench.change(
                options, (deployer, cancellation) -> deployer.rollout(options.target(), image, cancellation));
    }
}
