package io.deployflow.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command takes: the target, the file that describes it, and how to show what is done. */
final class TargetOptions {
    @Parameters(index = "0", paramLabel = "TARGET", description = "The target's name in the deploy file.")
    private String target = "";

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            defaultValue = "deploy.yml",
            description = "The deploy file (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("deploy.yml");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: pretty on a terminal, else plain).")
    private Optional<OutputFormat> output = Optional.empty();

    @Option(
            names = {"-q", "--quiet"},
            description = "Show only how it ends.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show also what builds and commands write, and stack traces.")
    private boolean verbose;

    String target() {
        return target;
    }

    Path file() {
        return file;
    }

    OutputFormat output(Terminal terminal) {
        return output.orElse(terminal.interactive() ? OutputFormat.PRETTY : OutputFormat.PLAIN);
    }

    /** The most that was asked for. */
    Verbosity verbosity() {
        if (verbose) {
            return Verbosity.VERBOSE;
        }
        return quiet ? Verbosity.QUIET : Verbosity.NORMAL;
    }
}
