package io.deployflow;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a target serves now.
 *
 * @param target the target's name
 * @param live the release that every unit serves; empty where none does, or where they differ
 * @param units each unit and what it serves
 * @param notices what a person should know: a lock and its owner, an unfinished deploy, a deployment in flight, units
 *     that differ
 */
public record Status(String target, Optional<Release> live, List<Unit> units, List<String> notices) {

    /**
     * One unit.
     *
     * @param name the host, task or service
     * @param release id of the release that it serves, or {@code none}
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
}
