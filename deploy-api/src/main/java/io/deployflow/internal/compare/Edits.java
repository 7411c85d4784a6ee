package io.deployflow.internal.compare;

import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.compare.Scenario;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is changed in the source for a scenario: by a shell command of whoever compares, or by what suits every
 * application.
 *
 * @param commands by scenario; they run in the copy, with the number of the change in {@code DEPLOYFLOW_RUN}
 */
record Edits(Map<Scenario, String> commands) {
    /** The file of which one word is changed where no command says what to change. */
    static final String WORD_FILE = "deployflow-compare.txt";

    private static final List<String> LOCK_FILES = List.of(
            "Gemfile.lock",
            "package-lock.json",
            "yarn.lock",
            "pnpm-lock.yaml",
            "poetry.lock",
            "uv.lock",
            "Pipfile.lock",
            "requirements.txt",
            "composer.lock",
            "go.sum",
            "Cargo.lock");
    private static final int LAST_LINES = 5;

    Edits {
        commands = Map.copyOf(commands);
    }

    /** Why a scenario cannot be done with this source; empty where it can. */
    Optional<String> missing(Scenario scenario, Path source) {
        if (commands.containsKey(scenario)) {
            return Optional.empty();
        }
        return switch (scenario) {
            case BROKEN ->
                Optional.of("nobody said how to break the application: --edit broken='COMMAND' changes a copy of the"
                        + " source so that its release fails its health check");
            case DEPENDENCY ->
                lockFile(source).isPresent()
                        ? Optional.empty()
                        : Optional.of("the source has no lock file that is known here: --edit dependency='COMMAND'"
                                + " changes a dependency in a copy of it");
            default -> Optional.empty();
        };
    }

    /** What a scenario changes, in words; empty where it changes nothing. */
    Optional<String> describe(Scenario scenario, Path source) {
        if (commands.containsKey(scenario)) {
            return Optional.of(commands.get(scenario));
        }
        return switch (scenario) {
            case CHANGE -> Optional.of("one word in " + WORD_FILE);
            case DEPENDENCY -> lockFile(source).map(file -> "a line more in " + file);
            default -> Optional.empty();
        };
    }

    /** Makes the change. */
    void make(Scenario scenario, int number, Path source, CancellationToken cancellation) {
        if (commands.containsKey(scenario)) {
            run(scenario, commands.get(scenario), number, source, cancellation);
        } else if (scenario == Scenario.DEPENDENCY) {
            lockFile(source).ifPresent(file -> append(source.resolve(file)));
        } else {
            writeWord(source, number);
        }
    }

    /** Writes the file of which one word changes. */
    static void writeWord(Path source, int number) {
        try {
            Files.writeString(
                    source.resolve(WORD_FILE),
                    "Made for a comparison of deploys. One word is another one each time: " + number + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + WORD_FILE + " in a copy of the source", e);
        }
    }

    private static Optional<String> lockFile(Path source) {
        return LOCK_FILES.stream()
                .filter(file -> Files.isRegularFile(source.resolve(file)))
                .findFirst();
    }

    private static void append(Path file) {
        try {
            Files.writeString(file, "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static void run(
            Scenario scenario, String command, int number, Path source, CancellationToken cancellation) {
        Deque<String> last = new ArrayDeque<>();
        try {
            int status = LocalCommand.shell(command, source, Map.of("DEPLOYFLOW_RUN", Integer.toString(number)))
                    .run(line -> keep(last, line), cancellation);
            if (status != 0) {
                throw new ConfigurationException(
                        "the command that changes the source for '%s' ended with %d: %s%s"
                                .formatted(scenario.word(), status, command, said(last)),
                        "Try it in a copy of the source, and correct --edit " + scenario.word() + ".");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command, e);
        }
    }

    private static void keep(Deque<String> last, String line) {
        last.add(line);
        if (last.size() > LAST_LINES) {
            last.remove();
        }
    }

    private static String said(Deque<String> lines) {
        return lines.isEmpty() ? "" : "\n" + String.join("\n", lines);
    }
}
