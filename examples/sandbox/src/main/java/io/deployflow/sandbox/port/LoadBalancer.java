package io.deployflow.sandbox.port;

import java.util.List;

/**
 * A reverse proxy that carries the traffic of listeners. It does no health checks of its own: which backend gets new
 * requests is decided by the control plane.
 */
public interface LoadBalancer {

    /**
     * Opens a listener on 127.0.0.1 with no backend; a request is answered 503 until there is one.
     *
     * @param listener a name for it, {@code [a-z0-9-]+}, new
     * @param wantedPort the port that the user asked for; another free one is taken when this one is not to be had
     * @return the port that is open
     */
    int open(String listener, int wantedPort);

    /**
     * Replaces the set of backends of a listener, in effect when the method returns (called once or twice a second at
     * most during a rollout). No established connection and no request in flight is dropped: a backend that is
     * DRAINING, DOWN or no longer listed gets no new request, and finishes those that it has.
     *
     * @param listener a name given to {@link #open}
     * @param backends the whole set; the same backend keeps its identity between calls by its address
     */
    void route(String listener, List<Backend> backends);

    /**
     * Closes a listener. Harmless when it is unknown.
     *
     * @param listener a name given to {@link #open}
     */
    void close(String listener);
}
