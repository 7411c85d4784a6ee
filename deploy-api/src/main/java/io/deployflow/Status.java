package io.deployflow;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a target serves now.
 *
 * @param target the target's name
 * @param live the release that every unit that answers serves; empty where none does, or where they differ
 * @param units each unit and what it serves
 * @param notices what a person should know: a lock and its owner, an unfinished deploy, a deployment in flight, units
 *     that differ
 * @param whole whether the target is as a deploy leaves it: no unit serves another release than the others, none cannot
 *     be asked, no switch is unconfirmed, and nobody has deleted what it runs
 */
public record Status(String target, Optional<Release> live, List<Unit> units, List<String> notices, boolean whole) {

    /**
     * One unit.
     *
     * @param name the host, task or service
     * @param release id of the release that it serves, {@code none}, or {@code unknown} where it cannot be asked
     * @param healthy whether it serves
     * @param detail one line for people
     */
    public record Unit(String name, String release, boolean healthy, String detail) {}

    /** Copies the lists. */
    public Status {
        Objects.requireNonNull(live, "live");
        units = List.copyOf(units);
        notices = List.copyOf(notices);
    }

    /** Of a target that brings its units to one release by itself: it is whole. */
    public Status(String target, Optional<Release> live, List<Unit> units, List<String> notices) {
        this(target, live, units, notices, true);
    }
}
