package io.deployflow.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What every command about a deploy file takes: where that is, and how to show what is done. */
abstract class FileOptions {
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
