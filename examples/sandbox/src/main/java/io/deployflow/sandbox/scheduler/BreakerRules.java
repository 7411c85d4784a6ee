package io.deployflow.sandbox.scheduler;

/**
 * When the circuit breaker opens, and what it does then.
 *
 * @param enabled whether it counts at all
 * @param rollback whether it rolls back
 * @param reset resetOnHealthyTask: whether a task that becomes healthy takes the count back to 0
 * @param type how {@code value} is meant
 * @param value percent of the desired count, or failed tasks
 */
public record BreakerRules(boolean enabled, boolean rollback, boolean reset, Type type, int value) {

    /** Off. */
    public static final BreakerRules OFF = of(false, false);

    private static final int LEAST = 3;
    private static final int MOST = 200;

    /** How a threshold is given. */
    public enum Type {
        /** Percent of the desired count, at least 3 and at most 200 tasks. */
        BOUNDED_PERCENT,
        /** Percent of the desired count. */
        UNBOUNDED_PERCENT,
        /** So many tasks. */
        COUNT
    }

    /**
     * With ECS's own threshold: half of the desired tasks, at least 3, at most 200.
     *
     * @param enabled whether it counts at all
     * @param rollback whether it rolls back
     * @return the rules
     */
    public static BreakerRules of(boolean enabled, boolean rollback) {
        return new BreakerRules(enabled, rollback, true, Type.BOUNDED_PERCENT, 50);
    }

    /**
     * The failed tasks at which it opens.
     *
     * @param desired the desired count
     * @return at least 1
     */
    public int threshold(int desired) {
        int share = (desired * value + 99) / 100;
        return switch (type) {
            case BOUNDED_PERCENT -> Math.max(LEAST, Math.min(MOST, share));
            case UNBOUNDED_PERCENT -> Math.max(1, share);
            case COUNT -> Math.max(1, value);
        };
    }
}
