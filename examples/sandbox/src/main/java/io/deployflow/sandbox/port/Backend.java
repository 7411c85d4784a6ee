package io.deployflow.sandbox.port;

/**
 * A server behind a listener.
 *
 * @param host where it listens, 127.0.0.1 for a container
 * @param port its port
 * @param state whether it gets new requests
 * @param weight how many requests it gets beside the others, 0 to {@link #FULL_WEIGHT}
 */
public record Backend(String host, int port, State state, int weight) {

    /** The weight of a server that shares requests with its like. */
    public static final int FULL_WEIGHT = 256;

    /**
     * A server with the full weight.
     *
     * @param host where it listens
     * @param port its port
     * @param state whether it gets new requests
     */
    public Backend(String host, int port, State state) {
        this(host, port, state, FULL_WEIGHT);
    }

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
