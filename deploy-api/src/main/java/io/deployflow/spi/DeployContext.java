package io.deployflow.spi;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.ContentCheck;
import io.deployflow.Lane;
import io.deployflow.Phase;
import io.deployflow.event.DeployEvent;
import io.deployflow.event.DeployListener;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * Who deploys what to where, and what an adapter needs meanwhile. Immutable; thread-safe as far as its parts are.
 *
 * @param application what is deployed
 * @param target the target's name
 * @param phase the phase that runs now
 * @param person who deploys: {@code user@machine}
 * @param source the source at the revision asked for
 * @param check of which files the content is checked at the target, if this deploy was told; else its settings say
 * @param workDirectory an empty directory of this deploy's own, removed when it has ended
 * @param listener is told of every event
 * @param cancellation asks for a stop
 * @param clock the time
 * @param executor runs what is to run in parallel; its threads are daemons, and there are as many as there is work
 */
public record DeployContext(
        Application application,
        String target,
        Phase phase,
        String person,
        SourceTree source,
        Optional<ContentCheck> check,
        Path workDirectory,
        DeployListener listener,
        CancellationToken cancellation,
        Clock clock,
        ExecutorService executor) {

    /** Of a deploy that leaves to the target's settings what is checked. */
    public DeployContext(
            Application application,
            String target,
            Phase phase,
            String person,
            SourceTree source,
            Path workDirectory,
            DeployListener listener,
            CancellationToken cancellation,
            Clock clock,
            ExecutorService executor) {
        this(
                application,
                target,
                phase,
                person,
                source,
                Optional.empty(),
                workDirectory,
                listener,
                cancellation,
                clock,
                executor);
    }

    /** The same in another phase. */
    public DeployContext in(Phase other) {
        return new DeployContext(
                application,
                target,
                other,
                person,
                source,
                check,
                workDirectory,
                listener,
                cancellation,
                clock,
                executor);
    }

    /** The same with a token that nobody cancels, for what must run to its end. */
    public DeployContext uncancellable() {
        return new DeployContext(
                application,
                target,
                phase,
                person,
                source,
                check,
                workDirectory,
                listener,
                CancellationToken.create(),
                clock,
                executor);
    }

    /** Tells how many pieces of a work are done; see {@link DeployEvent.Progress}. */
    public void progress(String unit, String what, long done, long total) {
        progress(unit, what, DeployEvent.Measure.PIECES, done, total);
    }

    /** Tells how many bytes of a work are done; see {@link DeployEvent.Progress}. */
    public void progressBytes(String unit, String what, long done, long total) {
        progress(unit, what, DeployEvent.Measure.BYTES, done, total);
    }

    /** Tells how many bytes of content are worked through; see {@link DeployEvent.Measure#CONTENT}. */
    public void progressContent(String unit, String what, long done, long total) {
        progress(unit, what, DeployEvent.Measure.CONTENT, done, total);
    }

    private void progress(String unit, String what, DeployEvent.Measure measure, long done, long total) {
        listener.onEvent(new DeployEvent.Progress(clock.instant(), target, phase, unit, what, measure, done, total));
    }

    /** Tells a line of output; see {@link DeployEvent.Output}. */
    public void output(String unit, String line) {
        listener.onEvent(new DeployEvent.Output(clock.instant(), target, phase, unit, line));
    }

    /** Tells that a unit is in another state; see {@link DeployEvent.UnitChanged}. */
    public void unitChanged(String unit, String state, String detail) {
        listener.onEvent(new DeployEvent.UnitChanged(clock.instant(), target, phase, unit, state, detail));
    }

    /** Tells what a unit did, for the report's timeline; see {@link DeployEvent.LaneChanged}. */
    public void lane(Lane lane) {
        listener.onEvent(new DeployEvent.LaneChanged(clock.instant(), target, phase, lane));
    }

    /** Does a unit's piece of work, and tells how long it took: a span of its lane. */
    public <T> T span(String unit, String name, Supplier<T> work) {
        Instant start = clock.instant();
        Lane.End end = Lane.End.FAILED;
        try {
            T result = work.get();
            end = Lane.End.DONE;
            return result;
        } finally {
            lane(Lane.of(unit, new Lane.Span(name, start, Duration.between(start, clock.instant()), end)));
        }
    }

    /** Tells that a unit or service was asked something; see {@link DeployEvent.Asked}. */
    public void asked(String unit, String what) {
        listener.onEvent(new DeployEvent.Asked(clock.instant(), target, phase, unit, what));
    }

    /** Tells of something that should be looked at; it also stands in the report. */
    public void warn(String message) {
        listener.onEvent(new DeployEvent.Warning(clock.instant(), target, phase, message));
    }
}
