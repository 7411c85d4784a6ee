package io.deployflow.cli;

import io.deployflow.DeployOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "plan", description = "Shows what a deploy would change; changes nothing.")
final class PlanCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Option(names = "--revision", paramLabel = "REVISION", description = "A commit, branch or tag (default: HEAD).")
    private Optional<String> revision = Optional.empty();

    PlanCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        DeployOptions asked =
                revision.map(DeployOptions.defaults()::withRevision).orElseGet(DeployOptions::defaults);
        return workbench.look(
                options, deployer -> deployer.plan(options.target(), asked), (view, plan) -> view.plan(plan, false));
    }
}
