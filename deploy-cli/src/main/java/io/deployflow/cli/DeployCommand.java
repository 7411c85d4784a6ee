package io.deployflow.cli;

import io.deployflow.ContentCheck;
import io.deployflow.DeployOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "deploy", description = "Builds, pushes and rolls out; a failure puts back what was live.")
final class DeployCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Option(names = "--revision", paramLabel = "REVISION", description = "A commit, branch or tag (default: HEAD).")
    private Optional<String> revision = Optional.empty();

    @Option(
            names = "--verify",
            paramLabel = "WHAT",
            description = "Check on the hosts the content of what was sent (changed) or of every file (full),"
                    + " whatever the setting 'check' says; for directory deploys.")
    private Optional<ContentCheck> verify = Optional.empty();

    @Option(names = "--dry-run", description = "Show what would be changed, run and sent; change nothing.")
    private boolean dryRun;

    DeployCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        DeployOptions asked = asked();
        if (dryRun) {
            return workbench.look(
                    options, deployer -> deployer.plan(options.target(), asked), (view, plan) -> view.plan(plan, true));
        }
        return workbench.change(
                options,
                (deployer, cancellation) -> deployer.deploy(options.target(), asked.withCancellation(cancellation)));
    }

    private DeployOptions asked() {
        DeployOptions head = DeployOptions.defaults();
        DeployOptions asked = revision.map(head::withRevision).orElse(head);
        return verify.map(asked::withCheck).orElse(asked);
    }
}
