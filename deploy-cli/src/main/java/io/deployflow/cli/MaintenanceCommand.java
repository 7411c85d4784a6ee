package io.deployflow.cli;

import io.deployflow.Maintenance;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "maintenance", description = "Puts a target's maintenance page up, or takes it down.")
final class MaintenanceCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Parameters(index = "1", paramLabel = "on|off", description = "Whether the page is to be up.")
    private Switch wanted = Switch.OFF;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why it is down, for the page.")
    private Optional<String> reason = Optional.empty();

    @Option(names = "--until", paramLabel = "TEXT", description = "When it is back, for the page: 'at 14:00 UTC'.")
    private Optional<String> until = Optional.empty();

    MaintenanceCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        Maintenance maintenance = new Maintenance(wanted == Switch.ON, reason, until);
        return workbench.operate(
                options, (deployer, cancellation) -> deployer.maintenance(options.target(), maintenance, cancellation));
    }
}
