package io.deployflow.spi;

import io.deployflow.CancellationToken;
import io.deployflow.flow.ServiceSettings;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs the service containers of a flow's jobs on an engine. Found by {@link java.util.ServiceLoader}; needs a public
 * constructor without arguments. Thread-safe.
 */
public interface ServiceEngine {

    /**
     * Starts a service, and waits until it can be used. What it needs is pulled if it is not there.
     *
     * @param run the run that it belongs to
     * @param name what it is called in the flow
     * @param output is told what people should know meanwhile
     * @throws io.deployflow.DeployException if the engine cannot be reached, or the service cannot be used in its time;
     *     nothing is left of it then
     * @throws io.deployflow.DeployCancelledException if cancelled
     */
    Service start(
            String run, String name, ServiceSettings settings, Consumer<String> output, CancellationToken cancellation);

    /** Removes all that a run has left, if the engine is there; fails quietly where it is not. */
    void removeAll(String run);

    /** A service that can be used until it is closed. */
    interface Service extends AutoCloseable {
        /** Where its port is reached from this machine. */
        String host();

        /** The port there. */
        int port();

        /** The last lines that it wrote. */
        List<String> lastOutput();

        /** Stops and removes it. */
        @Override
        void close();
    }
}
