package io.deployflow.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** This machine: what it is, and how busy it was. Linux. */
public final class Machine {
    // What /proc/stat counts in, on every Linux that Java runs on.
    private static final int TICK_MILLIS = 10;
    private static final int USER = 1;
    private static final int SYSTEM = 3;
    private static final int IRQ = 6;
    private static final int SOFTIRQ = 7;

    private Machine() {}

    /** Processor time that all of it has spent since its start, over all processors. */
    public static Duration busy() {
        String[] ticks = lines("/proc/stat").get(0).split(" +", -1);
        long sum = 0;
        for (int column = USER; column <= SOFTIRQ; column++) {
            if (column <= SYSTEM || column >= IRQ) {
                sum += Long.parseLong(ticks[column]);
            }
        }
        return Duration.ofMillis(sum * TICK_MILLIS);
    }

    /** How many processes ran or wanted to, over the last minute: the load average. */
    public static double load() {
        return Double.parseDouble(lines("/proc/loadavg").get(0).split(" ", -1)[0]);
    }

    /** Processors, memory and kernel, for a person. */
    public static String description() {
        String processor = lines("/proc/cpuinfo").stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
        long kilobytes = lines("/proc/meminfo").stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
        return "%d processors (%s), %d GB of memory, Linux %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor,
                        Math.round(kilobytes / 1024.0 / 1024.0),
                        System.getProperty("os.version").replaceAll("[^0-9.].*", ""));
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
