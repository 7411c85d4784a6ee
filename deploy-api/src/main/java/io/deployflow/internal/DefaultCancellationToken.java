package io.deployflow.internal;

import io.deployflow.CancellationToken;
import java.util.ArrayList;
import java.util.List;

/** Runs each action exactly once, also when it is added while the token is being cancelled. */
public final class DefaultCancellationToken implements CancellationToken {
    private final List<Action> actions = new ArrayList<>();
    private boolean cancelled;

    @Override
    public void cancel() {
        for (Action action : takeActions()) {
            action.work.run();
        }
    }

    private synchronized List<Action> takeActions() {
        cancelled = true;
        List<Action> taken = List.copyOf(actions);
        actions.clear();
        return taken;
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public Registration onCancel(Runnable work) {
        Action action = new Action(work);
        if (!remember(action)) {
            work.run();
        }
        return action;
    }

    private synchronized boolean remember(Action action) {
        return !cancelled && actions.add(action);
    }

    private synchronized void forget(Action action) {
        actions.remove(action);
    }

    private final class Action implements Registration {
        private final Runnable work;

        Action(Runnable work) {
            this.work = work;
        }

        @Override
        public void close() {
            forget(this);
        }
    }
}
