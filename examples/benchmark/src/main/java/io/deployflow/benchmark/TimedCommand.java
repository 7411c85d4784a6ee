package io.deployflow.benchmark;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a local command under bash's {@code time}: what every tool here is timed with. */
public final class TimedCommand {
    // The time goes through a variable of its own descriptor: the command's own output stays free of it.
    private static final String SCRIPT = """
            TIMEFORMAT='%R %U %S'
            exec 3>&1
            seconds=$( { time "$@" >&3 2>&1 3>&-; } 2>&1 )
            status=$?
            printf '\\n%s' "$seconds"
            exit $status
            """;

    private TimedCommand() {}

    /**
     * Runs it to its end; that it failed is no exception.
     *
     * @param environment set on top of this process's own
     */
    public static Timed run(List<String> words, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of("bash", "-c", SCRIPT, "time"));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return timed(process.waitFor(), printed);
        } catch (IOException e) {
            throw new IllegalStateException("cannot run " + words.get(0) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + words.get(0) + " ran", e);
        }
    }

    private static Timed timed(int status, String printed) {
        int last = printed.lastIndexOf('\n');
        String[] seconds = printed.substring(last + 1).split(" ", -1);
        if (seconds.length != 3) {
            throw new IllegalStateException("was not run to its end: " + printed);
        }
        return new Timed(
                status,
                duration(seconds[0]),
                duration(seconds[1]).plus(duration(seconds[2])),
                Duration.ZERO,
                printed.substring(0, last).strip());
    }

    private static Duration duration(String seconds) {
        return Duration.ofMillis(new BigDecimal(seconds).movePointRight(3).longValueExact());
    }
}
