package io.deployflow.ssh;

import io.deployflow.Revision;
import io.deployflow.spi.SourceTree;
import java.nio.file.Path;

/** No source at all: what a test asks for it does not need. */
record NoSource() implements SourceTree {
    @Override
    public Revision revision() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path directory() {
        throw new UnsupportedOperationException();
    }
}
