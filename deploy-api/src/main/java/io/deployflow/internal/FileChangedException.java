package io.deployflow.internal;

import java.io.IOException;
import java.nio.file.Path;

/** A file was written to while it was copied: the copy may be neither what it was nor what it is. */
final class FileChangedException extends IOException {
    private static final long serialVersionUID = 1L;

    FileChangedException(Path file) {
        super(file + " changed while it was copied");
    }
}
