package io.deployflow;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;

/** Where the content of a tree's files is. May be read by several threads, each with a reader of its own. */
public interface TreeContent {

    /**
     * Begins to read.
     *
     * @throws IOException if the content cannot be reached
     */
    Reader reader() throws IOException;

    /** Gives one file after the other; for one thread. */
    interface Reader extends AutoCloseable {

        /**
         * Tells which files will be opened next, so that their content may be on its way before it is asked for. A
         * hint: others may be opened, and some of these left out, which takes longer.
         *
         * @param files in the order in which they will be opened
         */
        default void prefetch(List<Manifest.Entry> files) {}

        /**
         * The content of a file; read or closed before the next is asked for.
         *
         * @param file a file of the tree's manifest
         * @throws IOException if it cannot be read, or is not there
         */
        InputStream open(Manifest.Entry file) throws IOException;

        /**
         * When a file was last changed.
         *
         * @throws IOException if that cannot be told
         */
        Instant modified(Manifest.Entry file) throws IOException;

        @Override
        void close() throws IOException;
    }
}
