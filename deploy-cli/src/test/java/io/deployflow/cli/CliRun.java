package io.deployflow.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Runs the command line in this process, and keeps what it writes. */
final class CliRun {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private final boolean interactive;

    private CliRun(boolean interactive) {
        this.interactive = interactive;
    }

    /** Its output goes into a log. */
    static CliRun piped() {
        return new CliRun(false);
    }

    /** A person looks at it. */
    static CliRun onTerminal() {
        return new CliRun(true);
    }

    CliRun with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    int run(String... words) {
        return new Cli(terminal()).run(words);
    }

    Terminal terminal() {
        return new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                interactive,
                true);
    }

    /** What went to the output; measured times read 0. */
    String out() {
        return timeless(out.toString(StandardCharsets.UTF_8));
    }

    /** What went to the error stream; measured times read 0. */
    String err() {
        return timeless(err.toString(StandardCharsets.UTF_8));
    }

    private static String timeless(String text) {
        return text.replaceAll("\\b[0-9]+\\.[0-9]s", "0.0s")
                .replaceAll("_ms\":[0-9]+", "_ms\":0")
                .replaceAll("\"((?:begun_)?at)\":\"[^\"]*\"", "\"$1\":\"T\"");
    }
}
