package io.deployflow.cli;

import io.deployflow.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "ci", description = "Writes a thin CI file that restores the cache and calls 'deployflow flow run'.")
final class InitCiCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "CI", description = "circleci, github or gitlab.")
    private String name = "";

    @Option(names = "--print", description = "Print it instead.")
    private boolean print;

    @Option(names = "--force", description = "Replace the file if it is there.")
    private boolean force;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "The repository's directory (default: here).")
    private Path directory = Path.of(".");

    /** Each CI, and where it looks for its file. */
    private enum Ci {
        CIRCLECI(".circleci/config.yml"),
        GITHUB(".github/workflows/deployflow.yml"),
        GITLAB(".gitlab-ci.yml");

        private final String path;

        Ci(String path) {
            this.path = path;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    InitCiCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try {
            Ci ci = ci();
            if (print) {
                terminal.out().print(text(ci));
            } else {
                write(ci);
            }
            return ExitCode.DONE.number();
        } catch (RuntimeException e) {
            Failure failure = Failure.of(e);
            FailureLines.of(failure, Style.of(terminal)).forEach(terminal.err()::println);
            return failure.code().number();
        }
    }

    private Ci ci() {
        return Arrays.stream(Ci.values())
                .filter(known -> known.word().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        "'" + name + "' is no CI that is known here",
                        "There are " + Arrays.stream(Ci.values()).map(Ci::word).collect(Collectors.joining(", "))
                                + "."));
    }

    private void write(Ci ci) {
        Path file = directory.resolve(ci.path);
        if (!force && Files.exists(file)) {
            throw new ConfigurationException(
                    file + " is there already", "Replace it with --force, or look at the new one with --print.");
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text(ci));
        } catch (IOException e) {
            throw new ConfigurationException(file + " cannot be written: " + e.getMessage(), "", null, e);
        }
        terminal.out().println("Wrote " + file + ". Say in it how deployflow is installed, then commit it.");
    }

    private static String text(Ci ci) {
        String resource = "ci/" + ci.word() + ".yml";
        try (InputStream in = Objects.requireNonNull(InitCiCommand.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the jar is damaged: " + resource, e);
        }
    }
}
