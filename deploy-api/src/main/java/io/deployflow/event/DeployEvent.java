package io.deployflow.event;

import io.deployflow.Lane;
import io.deployflow.Phase;
import java.time.Duration;
import java.time.Instant;

/**
 * Something that happened during a deploy. Per phase: one {@link PhaseStarted}, any number of the others, one
 * {@link PhaseFinished}. Phases do not overlap; events of different units may interleave, and come one at a time.
 */
public sealed interface DeployEvent {
    /** When it happened. */
    Instant at();

    /** The target's name. */
    String target();

    /** The phase in which it happened. */
    Phase phase();

    /** Whether it is for people to read; what only the report's figures are made of is not. */
    default boolean isShown() {
        return true;
    }

    /** A phase began. */
    record PhaseStarted(Instant at, String target, Phase phase) implements DeployEvent {}

    /**
     * A phase ended.
     *
     * @param took how long it took
     * @param succeeded whether it did what it should
     */
    record PhaseFinished(Instant at, String target, Phase phase, Duration took, boolean succeeded)
            implements DeployEvent {}

    /**
     * Part of a phase's work is done.
     *
     * @param unit the host, layer or service that the work is for
     * @param what the work, such as {@code upload}
     * @param measure what {@code done} and {@code total} count
     * @param done how much of it is done
     * @param total how much there is; 0 if that is not known
     */
    record Progress(
            Instant at, String target, Phase phase, String unit, String what, Measure measure, long done, long total)
            implements DeployEvent {}

    /** What a progress counts. */
    enum Measure {
        /** Bytes sent or received. */
        BYTES,
        /** Bytes of content that is packed on its way: how far a work is, and more than what is sent. */
        CONTENT,
        /** Steps, tasks, layers, files. */
        PIECES
    }

    /**
     * A line that a command, a build or a container wrote.
     *
     * @param unit the host or container that wrote it, or {@code local}
     */
    record Output(Instant at, String target, Phase phase, String unit, String line) implements DeployEvent {}

    /**
     * A unit is now in another state.
     *
     * @param state one word, such as {@code staged}, {@code switched}, {@code healthy}, {@code draining}
     * @param detail one line for people; may be empty
     */
    record UnitChanged(Instant at, String target, Phase phase, String unit, String state, String detail)
            implements DeployEvent {}

    /**
     * More is known of what a unit did, and when. The report's timeline has it all in the end.
     *
     * @param lane its spans take the place of those of the same unit, name and start that were told before
     */
    record LaneChanged(Instant at, String target, Phase phase, Lane lane) implements DeployEvent {
        @Override
        public boolean isShown() {
            return false;
        }
    }

    /**
     * A question went to the target: a call of an API, a request to a registry, a login to a host or a script there. It
     * costs at least one round trip.
     *
     * @param unit the host or service that was asked
     * @param what the operation's name, such as {@code UpdateService}, {@code HEAD} or {@code connect}; empty where it
     *     has none
     */
    record Asked(Instant at, String target, Phase phase, String unit, String what) implements DeployEvent {
        @Override
        public boolean isShown() {
            return false;
        }
    }

    /** Something that does not fail the deploy but should be looked at. */
    record Warning(Instant at, String target, Phase phase, String message) implements DeployEvent {}
}
