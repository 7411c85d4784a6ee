package io.deployflow.ssh;

import java.io.OutputStream;
import java.util.OptionalInt;

/** A command that runs on a host. */
interface RemoteProcess extends AutoCloseable {
    /**
     * Its standard input. What is written goes out with the next flush, and waits for as long as the host takes none.
     */
    OutputStream input();

    /**
     * Its exit status, 128 + N where signal N ended it; empty while it runs, and for ever where the connection broke.
     */
    OptionalInt status();

    /** Lets go of it; the host closes its input, and does not wait for its end. */
    @Override
    void close();
}
