package io.deployflow.ssh;

/**
 * How large a window for sending becomes: doubled for as long as the last doubling made what is sent that much faster.
 * A host that is far away takes the more, the more is on its way; one that is near takes what it can, however little
 * lies before its door. For one thread at a time.
 */
final class WindowGrowth {
    /** Measured for so many windows. */
    private static final int WINDOWS = 4;

    /** A doubling that is worth it. */
    private static final double FASTER = 1.5;

    private final long most;
    private long window;
    private long skipped;
    private long bytes;
    private long nanos;
    private double rate;
    private boolean settled;

    /**
     * A window that has yet to grow.
     *
     * @param window its size at first, in bytes
     * @param most what it may become
     */
    WindowGrowth(long window, long most) {
        this.window = window;
        this.most = most;
        this.skipped = window;
    }

    /**
     * Takes in what was sent.
     *
     * @param sent bytes
     * @param took nanoseconds, without those in which nothing was there to be sent
     * @return by how many bytes the window grows now
     */
    long grow(long sent, long took) {
        if (settled) {
            return 0;
        }
        if (skipped > 0) {
            // What fits into the window goes out at once, and says nothing.
            skipped -= sent;
            return 0;
        }
        bytes += sent;
        nanos += took;
        return bytes < WINDOWS * window ? 0 : judge();
    }

    private long judge() {
        double now = (double) bytes / Math.max(1, nanos);
        long more = now > FASTER * rate ? Math.min(window, most - window) : 0;
        settled = more == 0;
        rate = now;
        bytes = 0;
        nanos = 0;
        window += more;
        skipped = more;
        return more;
    }
}
