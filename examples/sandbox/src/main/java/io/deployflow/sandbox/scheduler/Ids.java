package io.deployflow.sandbox.scheduler;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes identifiers in the forms that AWS uses. */
public final class Ids {

    private final RandomGenerator random;

    /**
     * Draws from the given source, so that a test can repeat them.
     *
     * @param random the source
     */
    public Ids(RandomGenerator random) {
        this.random = random;
    }

    /** {@return 32 hexadecimal digits} */
    public String task() {
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }

    /** {@return 19 decimal digits} */
    public String number() {
        return Long.toString(random.nextLong(1_000_000_000_000_000_000L, Long.MAX_VALUE));
    }

    /** {@return 16 hexadecimal digits} */
    public String hex16() {
        return "%016x".formatted(random.nextLong());
    }

    /** {@return a UUID} */
    public String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
