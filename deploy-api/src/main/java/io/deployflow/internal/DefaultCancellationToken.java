package io.deployflow.internal;

import io.deployflow.CancellationToken;
import java.util.ArrayList;
import java.util.List;

/** Runs each action exactly once, also when it is added while the token is being cancelled. */
public final class DefaultCancellationToken implements CancellationToken {
    private final List<Runnable> actions = new ArrayList<>();
    private boolean cancelled;

    @Override
    public void cancel() {
        for (Runnable action : takeActions()) {
            action.run();
        }
    }

    private synchronized List<Runnable> takeActions() {
        cancelled = true;
        List<Runnable> taken = List.copyOf(actions);
        actions.clear();
        return taken;
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public Registration onCancel(Runnable action) {
        // Wrapped, so that two registrations of the same action are two.
        Runnable entry = action::run;
        if (remember(entry)) {
            return () -> forget(entry);
        }
        action.run();
        return () -> {};
    }

    private synchronized boolean remember(Runnable entry) {
        return !cancelled && actions.add(entry);
    }

    private synchronized void forget(Runnable entry) {
        actions.remove(entry);
    }
}
