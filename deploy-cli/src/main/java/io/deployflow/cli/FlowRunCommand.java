package io.deployflow.cli;

import io.deployflow.CancellationToken;
import io.deployflow.flow.FlowReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "run", description = "Runs the jobs that are for this branch; ends with 13 where one fails.")
final class FlowRunCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final FlowOptions options = new FlowOptions();

    FlowRunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new FlowBench(terminal, options).with((flow, view) -> {
            CancellationToken cancellation = CancellationToken.create();
            Interrupts.cancel(cancellation, () -> view.notice("cancelled: ending what runs; press again to leave it"));
            FlowReport report = flow.run(options.request(), cancellation);
            view.report(report);
            return ExitCode.of(report);
        });
    }
}
