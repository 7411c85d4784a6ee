package io.deployflow.internal.flow;

import io.deployflow.flow.FlowEvent;
import io.deployflow.flow.FlowListener;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each event to all listeners, one at a time, and survives what they throw. */
final class FlowTeller {
    private static final Logger LOG = LoggerFactory.getLogger(FlowTeller.class);

    private final List<FlowListener> listeners;

    FlowTeller(List<FlowListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    synchronized void tell(FlowEvent event) {
        for (FlowListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException e) {
                LOG.warn("listener {} failed on {}", listener, event.getClass().getSimpleName(), e);
            }
        }
    }
}
