package io.deployflow.ecs.internal.layers;

import io.deployflow.CancellationToken;
import io.deployflow.Manifest;
import io.deployflow.TreeContent;
import io.deployflow.ecs.internal.registry.CancellableStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;

/** A content that is read no further when the deploy is cancelled: a layer of gigabytes takes a minute to pack. */
record CancellableContent(TreeContent content, CancellationToken cancellation) implements TreeContent {

    @Override
    public Reader reader() throws IOException {
        return new CancellableReader(content.reader(), cancellation);
    }

    private record CancellableReader(Reader reader, CancellationToken cancellation) implements Reader {
        @Override
        public void prefetch(List<Manifest.Entry> files) {
            reader.prefetch(files);
        }

        @Override
        public InputStream open(Manifest.Entry file) throws IOException {
            return CancellableStream.of(reader.open(file), cancellation);
        }

        @Override
        public Instant modified(Manifest.Entry file) throws IOException {
            return reader.modified(file);
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
