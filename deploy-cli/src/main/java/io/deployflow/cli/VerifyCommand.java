package io.deployflow.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = "Looks at everything that a deploy needs at a target, before anything is built; changes nothing.")
final class VerifyCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Option(
            names = "--policy",
            description = "Print instead the least that whoever deploys must be allowed: an IAM policy.")
    private boolean policy;

    VerifyCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        return policy
                ? workbench.look(
                        options,
                        deployer -> deployer.policy(options.target()),
                        (view, document) -> view.policy(options.target(), document))
                : workbench.look(options, deployer -> deployer.verify(options.target()), View::checks, ExitCode::of);
    }
}
