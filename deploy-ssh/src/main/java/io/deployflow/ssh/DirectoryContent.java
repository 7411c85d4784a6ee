package io.deployflow.ssh;

import io.deployflow.Manifest;
import io.deployflow.TreeContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The files of a directory.
 *
 * @param root the directory that the manifest is of
 */
record DirectoryContent(Path root) implements TreeContent {

    @Override
    public Reader reader() {
        return new Reader() {
            @Override
            public InputStream open(Manifest.Entry file) throws IOException {
                return Files.newInputStream(RawPaths.resolve(root, file.path()));
            }

            @Override
            public Instant modified(Manifest.Entry file) throws IOException {
                return Files.getLastModifiedTime(RawPaths.resolve(root, file.path()))
                        .toInstant();
            }

            @Override
            public void close() {
                // Nothing is kept open.
            }
        };
    }
}
