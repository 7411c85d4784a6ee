package io.deployflow.internal;

import io.deployflow.Lane;
import io.deployflow.event.DeployEvent;
import io.deployflow.event.DeployListener;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each event to all listeners, one event at a time, survives what they throw, and remembers warnings and lanes
 * for the report.
 */
final class SafeListener implements DeployListener {
    private static final Logger LOG = LoggerFactory.getLogger(SafeListener.class);

    private final List<DeployListener> listeners;
    private final List<String> warnings = new ArrayList<>();
    private final Lanes lanes = new Lanes();

    SafeListener(List<DeployListener> listeners) {
        this.listeners = listeners;
    }

    @Override
    public synchronized void onEvent(DeployEvent event) {
        if (event instanceof DeployEvent.Warning warning) {
            warnings.add(warning.message());
        } else if (event instanceof DeployEvent.LaneChanged changed) {
            lanes.add(changed.lane());
        }
        for (DeployListener listener : listeners) {
            tell(listener, event);
        }
    }

    synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }

    synchronized List<Lane> lanes() {
        return lanes.all();
    }

    private static void tell(DeployListener listener, DeployEvent event) {
        try {
            listener.onEvent(event);
        } catch (RuntimeException e) {
            LOG.warn("listener {} failed on {}", listener, event.getClass().getSimpleName(), e);
        }
    }
}
