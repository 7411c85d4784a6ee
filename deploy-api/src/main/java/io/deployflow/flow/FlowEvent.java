package io.deployflow.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened during a run of a flow. Per job that runs: one {@link JobStarted}, any number of the others,
 * one {@link JobFinished}; a job that is skipped has a {@link JobFinished} only. Events of different jobs interleave,
 * and come one at a time.
 */
public sealed interface FlowEvent {
    /** When it happened. */
    Instant at();

    /** The job's name. */
    String job();

    /** A job began. */
    record JobStarted(Instant at, String job) implements FlowEvent {}

    /**
     * A step began.
     *
     * @param step its number, from 1
     * @param name what people call it
     */
    record StepStarted(Instant at, String job, int step, String name) implements FlowEvent {}

    /**
     * A line that a step wrote; what is secret in it is {@code ***}.
     *
     * @param step its number, from 1
     */
    record Output(Instant at, String job, int step, String line) implements FlowEvent {}

    /**
     * A step ended, or was skipped.
     *
     * @param step its number, from 1
     * @param report how
     */
    record StepFinished(Instant at, String job, int step, StepReport report) implements FlowEvent {}

    /** A job ended, or was skipped. */
    record JobFinished(Instant at, String job, JobReport report) implements FlowEvent {}

    /** Something that a person should know. */
    record Notice(Instant at, String job, String message) implements FlowEvent {}

    /**
     * A deploy began, or ended.
     *
     * @param targets where to
     * @param environment what people call the place, such as {@code production}
     * @param link where it can be looked at, if that is known
     * @param revision the commit
     * @param outcome how it ended; empty when it began
     * @param detail one line for people
     * @param took how long it took; 0 when it began
     */
    record Deployment(
            Instant at,
            String job,
            List<String> targets,
            String environment,
            Optional<String> link,
            String revision,
            Optional<JobState> outcome,
            String detail,
            Duration took)
            implements FlowEvent {
        /** Copies the list. */
        public Deployment {
            targets = List.copyOf(targets);
        }
    }
}
