package io.deployflow.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "flow",
        description = "Runs what follows from a change: the jobs of the section 'flow' of the deploy file.",
        synopsisSubcommandLabel = "COMMAND")
final class FlowCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The command with those below it. */
    static CommandLine with(Terminal terminal) {
        return new CommandLine(new FlowCommand())
                .addSubcommand(new FlowRunCommand(terminal))
                .addSubcommand(new FlowPlanCommand(terminal))
                .addSubcommand(new FlowImportCommand(terminal));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand: run, plan or import");
    }
}
