package io.deployflow.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

/** A connection to one host, as far as a deploy needs one. */
interface HostConnection extends AutoCloseable {
    /** Whether it is up, as far as this side knows. */
    boolean isOpen();

    /** What to say where it was lost. */
    default String whyLost() {
        return "the connection was lost";
    }

    /**
     * Starts a command.
     *
     * @param output is given its standard output; must not block
     * @param error is given its standard error; must not block; closed last of all, when the command has ended
     * @throws IOException if it cannot be started
     */
    RemoteProcess start(String command, OutputStream output, OutputStream error) throws IOException;

    /**
     * Opens a port on this machine's loopback that leads, through the host, to an address as the host sees it.
     *
     * @return the port
     */
    int forward(String host, int port) throws IOException;

    /** Closes a port that {@link #forward} opened. */
    void unforward(int localPort) throws IOException;

    /**
     * Connects from the host to another, as a bastion does.
     *
     * @throws IOException if the host does not do that, or nothing answers
     */
    default Socket dial(String host, int port, Duration timeout) throws IOException {
        throw new IOException("no way on to " + host + " port " + port);
    }

    @Override
    void close();

    /** Makes connections. */
    @FunctionalInterface
    interface Connector {
        /**
         * Connects from this machine and logs in.
         *
         * @throws DroppedException if the server closed the connection before it was asked who logs in
         * @throws io.deployflow.TargetUnreachableException if it cannot be reached or refuses
         * @throws io.deployflow.ConfigurationException if the identity cannot be used
         */
        HostConnection connect(Endpoint endpoint) throws DroppedException;

        /** Connects through a bastion and logs in; throws as {@link #connect(Endpoint)} does. */
        default HostConnection connect(Endpoint endpoint, HostConnection bastion) throws DroppedException {
            throw new UnsupportedOperationException("no way through " + bastion);
        }
    }

    /** The server closed the connection before it was asked who logs in: it may have had too many at a time. */
    class DroppedException extends IOException {
        private static final long serialVersionUID = 1L;

        DroppedException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
