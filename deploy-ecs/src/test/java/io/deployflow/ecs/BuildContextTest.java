package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildContextTest {
    @TempDir
    private Path root;

    @TempDir
    private Path elsewhere;

    @Test
    void writeTo_keepsModesLinksAndEmptyDirectories() throws IOException {
        write("bin/run", "#!/bin/sh\n");
        Files.setPosixFilePermissions(root.resolve("bin/run"), PosixFilePermissions.fromString("rwxr-x--x"));
        Files.createSymbolicLink(root.resolve("current"), Path.of("../outside/x"));
        Files.createSymbolicLink(root.resolve("absolute"), Path.of("/etc/hosts"));
        Files.createDirectory(root.resolve("empty"));

        assertThat(entry("bin/run").getMode()).isEqualTo(0751);
        assertThat(entry("current").getLinkName()).isEqualTo("../outside/x");
        assertThat(entry("absolute").getLinkName()).isEqualTo("/etc/hosts");
        assertThat(entry("empty/").isDirectory()).isTrue();
    }

    @Test
    void writeTo_keepsNamesOfAnyKindAndLength() throws IOException {
        write("grün ☃.txt", "x");
        write("a".repeat(120) + "/" + "b".repeat(120), "x");

        assertThat(entries().keySet().stream().map(BuildContextTest::utf8))
                .contains("grün ☃.txt", "a".repeat(120) + "/" + "b".repeat(120));
    }

    @Test
    void writeTo_putsTheRevisionInPlaceOfTheSourcesOwn() throws IOException {
        write("REVISION", "stale");

        assertThat(content("REVISION")).isEqualTo("abc123def0\n");
    }

    @Test
    void writeTo_whereTheRevisionIsIgnored_leavesItOut() throws IOException {
        write(".dockerignore", "REVISION\n");

        assertThat(entries()).doesNotContainKey("REVISION");
    }

    @Test
    void writeTo_honoursDockerignore_butKeepsWhatTheEngineReads() throws IOException {
        write(".dockerignore", "*\n!app\napp/tmp\n");
        write("docker/Dockerfile", "FROM scratch");
        write("app/main.rb", "x");
        write("app/tmp/cache", "x");
        write("secret", "x");

        assertThat(entries().keySet())
                .containsExactlyInAnyOrder(".dockerignore", "docker/Dockerfile", "app/", "app/main.rb");
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private TarArchiveEntry entry(String name) throws IOException {
        return Objects.requireNonNull(entries().get(name), name);
    }

    private Map<String, TarArchiveEntry> entries() throws IOException {
        Map<String, TarArchiveEntry> entries = new TreeMap<>();
        try (TarArchiveInputStream tar = open()) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                entries.put(entry.getName(), entry);
            }
        }
        return entries;
    }

    private String content(String name) throws IOException {
        try (TarArchiveInputStream tar = open()) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                if (entry.getName().equals(name)) {
                    return new String(tar.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        throw new AssertionError("there is no " + name);
    }

    private TarArchiveInputStream open() throws IOException {
        Path tar = elsewhere.resolve("context.tar");
        BuildContext.of(root, "docker/Dockerfile", "abc123def0").writeTo(tar);
        return new TarArchiveInputStream(Files.newInputStream(tar), StandardCharsets.ISO_8859_1.name());
    }
}
