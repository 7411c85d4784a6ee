package io.deployflow.internal.flow;

import io.deployflow.flow.TestSummary.TestCase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long the test files of an application took the last time, for sharing them out.
 *
 * @param file where it is kept
 */
record Timings(Path file) {
    private static final Logger LOG = LoggerFactory.getLogger(Timings.class);

    static Timings of(RunSession run) {
        return new Timings(run.sources()
                .cache()
                .resolve("timings")
                .resolve(run.sources().application().name() + ".properties"));
    }

    /** By path below the source. */
    Map<String, Duration> read() {
        Map<String, Duration> times = new HashMap<>();
        load().forEach((path, millis) ->
                times.put(String.valueOf(path), Duration.ofMillis(Long.parseLong(String.valueOf(millis)))));
        return times;
    }

    /** Takes over what test results say; what they do not name stays. */
    synchronized void learn(List<TestCase> cases) {
        Map<String, Duration> sums = new HashMap<>();
        cases.forEach(test ->
                test.file().ifPresent(path -> sums.merge(path.replaceFirst("^\\./", ""), test.took(), Duration::plus)));
        if (sums.isEmpty()) {
            return;
        }
        Properties all = load();
        sums.forEach((path, time) -> all.setProperty(path, String.valueOf(time.toMillis())));
        try {
            Files.createDirectories(file.getParent());
            Path made = Files.createTempFile(file.getParent(), "timings", ".tmp");
            try (OutputStream out = Files.newOutputStream(made)) {
                all.store(out, null);
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("timings were not kept: {}", e.toString());
        }
    }

    private Properties load() {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            } catch (IOException e) {
                LOG.warn("timings were not read: {}", e.toString());
            }
        }
        return properties;
    }
}
