package io.deployflow.sandbox.port;

/**
 * A server behind a listener.
 *
 * @param host where it listens, 127.0.0.1 for a container
 * @param port its port
 * @param state whether it gets new requests
 */
public record Backend(String host, int port, State state) {

    /** Whether a backend gets requests. */
    public enum State {
        /** Gets new requests. */
        READY,
        /** Gets no new request; finishes those in flight. */
        DRAINING,
        /** Failing its health check; gets no new request. */
        DOWN
    }
}
