package io.deployflow;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How long a rollout takes at the least: by the target's own settings, where the release starts as its predecessor did
 * and nothing fails.
 *
 * @param group the service that it is about; empty where the target is one thing
 * @param shortest from the request until everything of the old release is gone
 * @param parts what it waits for, in order; they add up to {@code shortest}
 * @param savings what other settings would save, the most first
 * @param assumptions what is not known, and what was assumed instead
 */
public record Prediction(
        String group, Duration shortest, List<Part> parts, List<Saving> savings, List<String> assumptions) {

    /**
     * Something that a rollout waits for, one or several times.
     *
     * @param name such as {@code draining}: as the spans of a {@link Lane} are called
     * @param took for how long, all in all
     */
    public record Part(String name, Duration took) {}

    /**
     * What would be faster with another setting.
     *
     * @param setting which, and of what: {@code deregistration_delay of target group puma}
     * @param now its value, as people write it
     * @param instead a value that does for most services
     * @param saves how much shorter the rollout would be
     */
    public record Saving(String setting, String now, String instead, Duration saves) {}

    /** Copies the lists. */
    public Prediction {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(shortest, "shortest");
        parts = List.copyOf(parts);
        savings = List.copyOf(savings);
        assumptions = List.copyOf(assumptions);
    }
}
