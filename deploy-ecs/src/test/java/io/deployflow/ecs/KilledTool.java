package io.deployflow.ecs;

import io.deployflow.sandbox.SimulatedSandbox;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/** A tool that dies: from a call on it makes none any more, and no part of it hears why. */
final class KilledTool implements AutoCloseable {
    final Simulation tool;

    /** Deploys to a sandbox that somebody else looks at, too. */
    KilledTool(SimulatedSandbox sandbox, String... keys) {
        this.tool = new Simulation(sandbox, keys);
    }

    /** What no part of the tool catches. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /**
     * Does some work until it dies.
     *
     * @param call before which of its calls
     * @return whether it died; if not, the work was done before
     */
    boolean diesBefore(int call, Runnable work) {
        AtomicInteger made = new AtomicInteger();
        tool.onCall = () -> {
            if (made.incrementAndGet() >= call) {
                throw new Killed();
            }
        };
        try {
            work.run();
        } catch (Killed dead) {
            return true;
        } catch (CompletionException dead) {
            if (!(dead.getCause() instanceof Killed)) {
                throw dead;
            }
        } finally {
            tool.onCall = () -> {};
        }
        return made.get() >= call;
    }

    @Override
    public void close() {
        tool.clients.close();
    }
}
