package io.deployflow.internal.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What the machine is that deploys. */
final class Machine {
    private static final double KILOBYTES_A_GIGABYTE = 1024.0 * 1024.0;

    private Machine() {}

    /** Processors, memory and system, for people. */
    static String describe() {
        int processors = Runtime.getRuntime().availableProcessors();
        return "%d %s%s, %s%s %s %s"
                .formatted(
                        processors,
                        processors == 1 ? "processor" : "processors",
                        line("/proc/cpuinfo", "model name")
                                .map(model -> " (" + model + ")")
                                .orElse(""),
                        line("/proc/meminfo", "MemTotal")
                                .map(Machine::gigabytes)
                                .orElse(""),
                        System.getProperty("os.name"),
                        System.getProperty("os.version").replaceAll("[^0-9.].*", ""),
                        System.getProperty("os.arch"));
    }

    /** The Java that runs this. */
    static String java() {
        return System.getProperty("java.vendor") + " " + System.getProperty("java.version");
    }

    private static String gigabytes(String memory) {
        return String.format(
                Locale.ROOT,
                "%.0f GB of memory, ",
                Long.parseLong(memory.replaceAll("\\D", "")) / KILOBYTES_A_GIGABYTE);
    }

    /** There is such a file on Linux only. */
    private static Optional<String> line(String file, String key) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
