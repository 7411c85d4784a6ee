package io.deployflow.ssh;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Time that passes only while every thread waits for it: what real threads would take together if each did nothing but
 * wait, however fast or slow this machine is.
 */
final class VirtualTime {
    private final PriorityQueue<Sleeper> sleepers = new PriorityQueue<>(Comparator.comparingLong(one -> one.until));
    private long now;
    private int running;

    private static final class Sleeper {
        private final long until;
        private boolean isAwake;

        private Sleeper(long until) {
            this.until = until;
        }
    }

    /** Since it began. */
    synchronized Duration now() {
        return Duration.ofNanos(now);
    }

    /** Lets time pass for the thread that calls, which {@link #threads} has made. */
    synchronized void pass(Duration time) {
        Sleeper sleeper = new Sleeper(now + time.toNanos());
        sleepers.add(sleeper);
        running--;
        goOn();
        try {
            while (!sleeper.isAwake) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private synchronized void end() {
        running--;
        goOn();
    }

    private synchronized void begin(int threads) {
        running += threads;
    }

    private void goOn() {
        if (running > 0 || sleepers.isEmpty()) {
            return;
        }
        now = sleepers.element().until;
        while (!sleepers.isEmpty() && sleepers.element().until == now) {
            sleepers.remove().isAwake = true;
            running++;
        }
        notifyAll();
    }

    /** Threads for so many tasks, which are handed over together: no time passes before the last of them is there. */
    ThreadPoolExecutor threads(int tasks) {
        begin(tasks);
        return new ThreadPoolExecutor(tasks, tasks, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
            @Override
            public void execute(Runnable task) {
                super.execute(() -> {
                    try {
                        task.run();
                    } finally {
                        end();
                    }
                });
            }
        };
    }
}
