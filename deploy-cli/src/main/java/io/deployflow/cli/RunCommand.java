package io.deployflow.cli;

import io.deployflow.OneOffTask;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        customSynopsis = "@|bold deployflow run|@ [OPTION]... @|yellow TARGET|@ -- @|yellow WORD|@...",
        description = "Runs a command once with the live release, beside what serves.",
        footer = {
            "",
            "One word is a shell command; several are a program and its arguments:",
            "  deployflow run staging -- 'bin/rails db:migrate:status | tail'",
            "  deployflow run staging -- bin/rails runner 'puts User.count'",
            "Ends with the command's exit status; 255 where it was not run to its end."
        })
final class RunCommand implements Callable<Integer> {
    private final Workbench workbench;

    @Mixin
    private final TargetOptions options = new TargetOptions();

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "As a task of this service, where the target has several (default: the first).")
    private Optional<String> service = Optional.empty();

    @Option(
            names = "--container",
            paramLabel = "NAME",
            description = "In this container of the task (default: the one that is deployed).")
    private Optional<String> container = Optional.empty();

    @Option(
            names = "--revision",
            paramLabel = "REVISION",
            defaultValue = "current",
            description = "With the newest release of this revision, or with this release (default: what serves).")
    private String revision = "current";

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "One more environment variable; more than one --env adds more.")
    private Map<String, String> environment = Map.of();

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "WORD", description = "The command, after '--'.")
    private List<String> words = List.of();

    RunCommand(Workbench workbench) {
        this.workbench = workbench;
    }

    @Override
    public Integer call() {
        Optional<String> release = Optional.of(revision).filter(name -> !name.equals("current"));
        OneOffTask task = new OneOffTask(words, service, container, release, environment);
        return workbench.operate(
                options, (deployer, cancellation) -> deployer.run(options.target(), task, cancellation));
    }
}
