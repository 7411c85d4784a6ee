package io.deployflow.cli;

import io.deployflow.UnitCommand;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "exec",
        customSynopsis = "@|bold deployflow exec|@ [OPTION]... @|yellow TARGET|@ -- @|yellow WORD|@...",
        description = "Runs a command on a target's units, in the live release's directory.",
        footer = {
            "",
            "One word is a shell command; several are a program and its arguments:",
            "  deployflow exec classic -- 'du -sh log/*'",
            "  deployflow exec classic -- bin/rails runner 'puts User.count'",
            "Ends with the highest exit status of all units; 255 for one that did not answer."
        })
final class ExecCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "Only on units with this role; more than one --role adds units.")
    private Set<String> roles = Set.of();

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "WORD", description = "The command, after '--'.")
    private List<String> words = List.of();

    ExecCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        UnitCommand command = new UnitCommand(words, roles);
        return workbench.operate(
                options, (deployer, cancellation) -> deployer.exec(options.target(), command, cancellation));
    }
}
