package io.deployflow.cli;

import io.deployflow.LogQuery;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "logs",
        description = "Shows what a target's units wrote, in the order of time.",
        footer = {"", "With --follow it goes on until Ctrl-C, and ends with 0 then."})
final class LogsCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Option(
            names = {"--follow", "-F"},
            description = "Go on with new lines, also of units that come later.")
    private boolean follow;

    @Option(names = "--since", paramLabel = "TIME", description = "How far to go back: 30s, 10m, 2h (default: 10m).")
    private Optional<Duration> since = Optional.empty();

    @Option(names = "--task", paramLabel = "UNIT", description = "Only of this task: the beginning of its id.")
    private Optional<String> unit = Optional.empty();

    @Option(names = "--container", paramLabel = "NAME", description = "Only of this container (default: of all).")
    private Optional<String> container = Optional.empty();

    LogsCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        LogQuery query = new LogQuery(follow, since, unit, container);
        return workbench.operate(
                options, (deployer, cancellation) -> deployer.logs(options.target(), query, cancellation));
    }
}
