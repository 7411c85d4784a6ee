package io.deployflow.internal;

import java.util.concurrent.CompletableFuture;

/**
 * Runs what waits for a process in a thread of its own.
 *
 * <p>Not in the common pool: on two processors that is one thread, shared with whoever embeds this, and from Java 25 on
 * no other is made when it is taken. What one process waits for would wait for another.
 */
final class Aside {
    private Aside() {}

    static CompletableFuture<Void> run(Runnable work) {
        return CompletableFuture.runAsync(work, Aside::start);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "deployflow-aside");
        thread.setDaemon(true);
        thread.start();
    }
}
