package io.deployflow.benchmark.swarm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A process that was looked at all along.
 *
 * @param status its exit status
 * @param cpu processor time of the process alone, as the last look found it
 * @param threads the most threads that it had
 */
record Watched(int status, Duration cpu, int threads) {
    private static final int LOOK_MILLIS = 20;

    /** Waits for its end. */
    static Watched untilEnd(Process process) {
        Duration cpu = Duration.ZERO;
        int threads = 0;
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                cpu = process.info().totalCpuDuration().orElse(cpu);
                threads = Math.max(threads, threads(process.pid()));
            }
            return new Watched(process.exitValue(), cpu, threads);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
            throw new IllegalStateException("interrupted while watching a process", e);
        }
    }

    private static int threads(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("Threads:"))
                    .mapToInt(line ->
                            Integer.parseInt(line.substring("Threads:".length()).strip()))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            // It has just ended.
            return 0;
        }
    }
}
