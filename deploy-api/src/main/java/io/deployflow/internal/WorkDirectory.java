package io.deployflow.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A temporary directory that goes with all that is in it. */
record WorkDirectory(Path path) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkDirectory.class);

    static WorkDirectory create() {
        try {
            return new WorkDirectory(Files.createTempDirectory("deployflow-"));
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory can be made: " + e.getMessage(), e);
        }
    }

    Path directory(String name) {
        try {
            return Files.createDirectory(path.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + path.resolve(name) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            Trees.delete(path);
        } catch (IOException e) {
            LOG.warn("temporary directory {} was not removed", path, e);
        }
    }
}
