package io.deployflow.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FlowCachesTest extends FlowProjects {
    private static final String GEMS = """
            jobs:
              build:
                steps:
                  - restore_cache: { key: 'gems-{{ arch }}-{{ checksum "lock" }}', fallback: [gems-] }
                  - 'cat vendor/gems/a vendor/gems/.b 2>/dev/null || echo cold; mkdir -p vendor/gems; ls -A vendor'
                  - 'cp lock vendor/gems/a; echo hidden > vendor/gems/.b; ln -sf a vendor/gems/link'
                  - save_cache: { key: 'gems-{{ arch }}-{{ checksum "lock" }}', paths: [vendor/gems, none] }
            """;

    @Test
    void cache_isRestoredBySameKeyAndByFallback() {
        project.commit("lock", "one\n").flow(GEMS);
        project.run().orThrow();
        assertThat(project.output("build")).contains("no cache is there", "cold");

        project.events.clear();
        project.run().orThrow();
        assertThat(project.output("build"))
                .contains("one", "hidden")
                .anyMatch(line -> line.endsWith("is there already"));

        project.events.clear();
        project.commit("lock", "two\n").run().orThrow();
        assertThat(project.output("build"))
                .contains("one", "gems")
                .anyMatch(line -> line.startsWith("saved [vendor/gems] as gems-"))
                .noneMatch(line -> line.startsWith(".deployflow"));
    }

    @Test
    void cache_whenItIsDamaged_isRemovedAndNotRestored() throws IOException {
        project.commit("lock", "one\n").flow(GEMS);
        project.run().orThrow();
        try (Stream<Path> files = Files.walk(project.cache())) {
            for (Path archive :
                    files.filter(file -> file.toString().endsWith(".tgz")).toList()) {
                Files.write(archive, new byte[] {1, 2, 3});
            }
        }

        project.events.clear();
        project.run().orThrow();

        assertThat(project.output("build"))
                .contains("cold")
                .anyMatch(line -> line.endsWith("is damaged: removed"))
                .anyMatch(line -> line.startsWith("saved "));
    }

    @Test
    void cache_whenItGoesBetweenFindingAndReading_isAMiss() throws IOException, InterruptedException {
        project.commit("lock", "one\n").flow(GEMS);
        project.run().orThrow();
        CompletableFuture<Void> removing =
                CompletableFuture.runAsync(removingWhileItIsRead(only(".tgz"), only(".entry")));

        project.events.clear();
        project.run().orThrow();

        removing.join();
        assertThat(project.output("build"))
                .contains("no cache is there", "cold")
                .anyMatch(line -> line.endsWith(" is gone: another run has just removed it"))
                .anyMatch(line -> line.startsWith("saved "));
    }

    private Path only(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(project.cache())) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The archive becomes a pipe: who writes to it knows when the step has begun to read. */
    private static Runnable removingWhileItIsRead(Path archive, Path entry) throws IOException, InterruptedException {
        byte[] content = Files.readAllBytes(archive);
        Files.delete(archive);
        assertThat(new ProcessBuilder("mkfifo", archive.toString()).start().waitFor())
                .isZero();
        return () -> {
            try (OutputStream pipe = Files.newOutputStream(archive)) {
                Files.delete(entry);
                Files.delete(archive);
                pipe.write(content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    @Test
    void cache_whenAllAreTooLarge_loosesTheOneUsedLongestAgo() throws IOException {
        project.flow("""
                cache: { directory: caches, limit_mb: 1 }
                jobs:
                  build:
                    steps:
                      - head -c 700000 /dev/urandom > big
                      - save_cache: { key: 'big-{{ run }}', paths: [big] }
                      - head -c 1200000 /dev/urandom > huge
                      - save_cache: { key: 'huge', paths: [huge] }
                """);
        project.run().orThrow();
        project.run().orThrow();

        assertThat(project.output("build")).anyMatch(line -> line.contains("are more than all caches may take"));
        try (Stream<Path> files = Files.list(project.directory.resolve("caches"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".tgz"))).hasSize(1);
        }
    }
}
