package io.deployflow.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "plan", description = "Shows the jobs, and which would run on this branch; runs nothing.")
final class FlowPlanCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final FlowOptions options = new FlowOptions();

    FlowPlanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new FlowBench(terminal, options).with((flow, view) -> {
            view.plan(flow.plan(options.request()));
            return ExitCode.DONE;
        });
    }
}
