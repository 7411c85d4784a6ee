package io.deployflow.ecs;

import io.deployflow.ecs.internal.registry.DockerConfig;
import io.deployflow.ecs.internal.registry.Login;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Docker's own configuration and some logins more, for one command: a directory that nobody else can read and that is
 * gone when it is closed. All but the file itself are links, so that plugins, contexts and builders are the same.
 *
 * @param directory empty where there is nothing to add
 * @param own what the command takes by itself
 */
record BuildxConfig(Optional<Path> directory, DockerConfig own) implements AutoCloseable {
    private static final String DOCKER_CONFIG = "DOCKER_CONFIG";
    private static final String BUILDX_CONFIG = "BUILDX_CONFIG";
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /**
     * Writes it.
     *
     * @param logins by registry
     * @param work a directory of this deploy's
     */
    static BuildxConfig write(DockerConfig own, Map<String, Login> logins, Path work) throws IOException {
        if (logins.isEmpty()) {
            return new BuildxConfig(Optional.empty(), own);
        }
        BuildxConfig config = new BuildxConfig(Optional.of(Files.createTempDirectory(work, "docker-")), own);
        try {
            config.fill(logins);
        } catch (IOException e) {
            config.close();
            throw e;
        }
        return config;
    }

    private void fill(Map<String, Login> logins) throws IOException {
        Path copy = directory.orElseThrow();
        Files.write(Files.createFile(copy.resolve(DockerConfig.FILE), PRIVATE), own.with(logins));
        for (Path other : others()) {
            Files.createSymbolicLink(copy.resolve(other.getFileName()), other.toAbsolutePath());
        }
    }

    private List<Path> others() throws IOException {
        if (!Files.isDirectory(own.directory())) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(own.directory())) {
            return all.filter(path -> !path.endsWith(DockerConfig.FILE)).toList();
        }
    }

    /**
     * What the command is told by its environment.
     *
     * @param there the environment that it has by itself
     */
    Map<String, String> environment(Map<String, String> there) {
        Map<String, String> told = new HashMap<>();
        directory.ifPresent(copy -> {
            told.put(DOCKER_CONFIG, copy.toString());
            // What it learns of its builders is to outlive this.
            told.put(
                    BUILDX_CONFIG,
                    there.getOrDefault(
                            BUILDX_CONFIG,
                            own.directory().resolve("buildx").toAbsolutePath().toString()));
        });
        return told;
    }

    @Override
    public void close() throws IOException {
        if (directory.isPresent()) {
            Files.walkFileTree(directory.get(), new Remover());
        }
    }

    /** Removes links, not what they lead to. */
    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
