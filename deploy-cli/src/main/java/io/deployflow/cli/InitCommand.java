package io.deployflow.cli;

import io.deployflow.ConfigurationException;
import io.deployflow.spi.Importer;
import io.deployflow.spi.Importer.Imported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "init",
        description = "Writes a deploy file out of what another deploy tool was told, or of a service that runs;"
                + " or a file for a CI.")
final class InitCommand implements Callable<Integer> {
    private static final String CAPISTRANO = "capistrano";
    private static final String ECS = "ecs";

    private final Terminal terminal;

    @ArgGroup(multiplicity = "0..1")
    private From from = new From();

    /** Where it is taken from: one of them, unless a command below is meant. */
    static final class From {
        @Option(
                names = "--from-capistrano",
                paramLabel = "DIR",
                arity = "0..1",
                fallbackValue = ".",
                description = "Read Capistrano's files in this directory (default: here).")
        private @Nullable Path capistrano;

        @Option(
                names = "--service",
                paramLabel = "CLUSTER/SERVICE",
                description = "Take this ECS service over; region and credentials as the AWS CLI finds them.")
        private @Nullable String service;
    }

    @Option(names = "--stage", paramLabel = "STAGE", description = "Only this part of Capistrano's (default: all).")
    private Optional<String> stage = Optional.empty();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            defaultValue = "deploy.yml",
            description = "The deploy file to write (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("deploy.yml");

    @Option(names = "--print", description = "Print it instead.")
    private boolean print;

    @Option(names = "--force", description = "Replace the file if it is there.")
    private boolean force;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The command with the one below it. */
    static CommandLine with(Terminal terminal) {
        return new CommandLine(new InitCommand(terminal)).addSubcommand(new InitCiCommand(terminal));
    }

    private InitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (from.capistrano == null && from.service == null) {
            throw new ParameterException(
                    spec.commandLine(), "Missing what to begin with: --from-capistrano, --service, or the command ci");
        }
        try {
            if (!print && !force && Files.exists(file)) {
                throw new ConfigurationException(
                        file + " is there already", "Name another with --file, or replace it with --force.");
            }
            write(read());
            return ExitCode.DONE.number();
        } catch (RuntimeException | ServiceConfigurationError e) {
            Failure failure = Failure.of(e);
            FailureLines.of(failure, Style.of(terminal)).forEach(terminal.err()::println);
            return failure.code().number();
        }
    }

    private Imported read() {
        Path project = from.capistrano == null ? Path.of(".") : from.capistrano;
        String source = sourceSeenFromFile(project);
        if (from.service == null) {
            return importer(CAPISTRANO).read(project, stage, source);
        }
        if (stage.isPresent()) {
            throw new ConfigurationException("--stage is of --from-capistrano", "Leave it out.");
        }
        return importer(ECS).read(project, Optional.of(from.service), source);
    }

    private static Importer importer(String name) {
        return ServiceLoader.load(Importer.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(importer -> importer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        "nothing on the class path reads what " + name + " has", "Add the jar that does."));
    }

    private void write(Imported imported) {
        if (print) {
            terminal.out().print(imported.deployFile());
        } else {
            save(imported.deployFile());
            terminal.out().println("Wrote " + file + ". Look through it, then: deployflow plan TARGET");
        }
        Style style = Style.of(terminal);
        imported.leftovers().forEach(left -> {
            terminal.err().println(style.yellow(left.place() + ": not carried over: " + left.what()));
            terminal.err().println("  " + left.remedy());
        });
    }

    private String sourceSeenFromFile(Path project) {
        Path absolute = file.toAbsolutePath().normalize().getParent();
        Path source = project.toAbsolutePath().normalize();
        String relative = absolute == null
                ? source.toString()
                : absolute.relativize(source).toString();
        return relative.isEmpty() ? "." : relative;
    }

    private void save(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new ConfigurationException(file + " cannot be written: " + e.getMessage(), "", null, e);
        }
    }
}
