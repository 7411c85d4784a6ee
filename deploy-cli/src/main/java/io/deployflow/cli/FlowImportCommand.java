package io.deployflow.cli;

import io.deployflow.ConfigurationException;
import io.deployflow.flow.FlowImport;
import io.deployflow.spi.Importer.Leftover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = "Says what a CircleCI file (version 2) says as a section 'flow', and names by line"
                + " what it could not carry over and what is wrong in it.")
final class FlowImportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "Such as .circleci/config.yml.")
    private Path file = Path.of(".circleci", "config.yml");

    @Option(
            names = "--into",
            paramLabel = "FILE",
            description = "Add it to this deploy file, which has no flow yet (default: print it).")
    private Optional<Path> into = Optional.empty();

    FlowImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try {
            FlowImport imported = FlowImport.circleci(file);
            into.ifPresentOrElse(
                    deployFile -> add(deployFile, imported),
                    () -> terminal.out().print(imported.flow()));
            tell("not carried over", imported.leftovers());
            tell("looks wrong", imported.mistakes());
            return ExitCode.DONE.number();
        } catch (RuntimeException e) {
            Failure failure = Failure.of(e);
            FailureLines.of(failure, Style.of(terminal)).forEach(terminal.err()::println);
            return failure.code().number();
        }
    }

    private void add(Path deployFile, FlowImport imported) {
        if (Wiring.deployFile(deployFile).flow().isPresent()) {
            throw new ConfigurationException(
                    deployFile + " has a flow already", "Print it, and take over what you need.");
        }
        try {
            Files.writeString(deployFile, "\n" + imported.flow(), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new ConfigurationException(deployFile + " cannot be written: " + e.getMessage(), "", null, e);
        }
        terminal.out().println("Added to " + deployFile + ". Look through it, then: deployflow flow plan");
    }

    private void tell(String what, List<Leftover> notes) {
        Style style = Style.of(terminal);
        for (Leftover note : notes) {
            terminal.err().println(style.yellow(note.place() + ": " + what + ": " + note.what()));
            terminal.err().println("  " + note.remedy());
        }
    }
}
