package io.deployflow.cli;

import io.deployflow.DeployOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "build", description = "Builds what a deploy would, and rolls nothing out.")
final class BuildCommand implements Callable<Integer> {
    private static final String REGISTRY = "registry";
    private static final String TAR = "tar";

    private final Workbench workbench;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Option(names = "--revision", paramLabel = "REVISION", description = "A commit, branch or tag (default: HEAD).")
    private Optional<String> revision = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "WHERE",
            defaultValue = REGISTRY,
            description = "registry, tar (TARGET.tar), or a file (default: ${DEFAULT-VALUE}).")
    private String to = REGISTRY;

    BuildCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        DeployOptions head = DeployOptions.defaults();
        DeployOptions asked = revision.map(head::withRevision).orElse(head);
        return workbench.operate(
                options,
                (deployer, cancellation) ->
                        deployer.build(options.target(), asked.withCancellation(cancellation), file()));
    }

    private Optional<Path> file() {
        if (to.equals(REGISTRY)) {
            return Optional.empty();
        }
        return Optional.of(Path.of(to.equals(TAR) ? options.target() + ".tar" : to));
    }
}
