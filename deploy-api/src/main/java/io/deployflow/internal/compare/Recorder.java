package io.deployflow.internal.compare;

import io.deployflow.Lane;
import io.deployflow.compare.ComparisonReport.Row;
import io.deployflow.event.DeployEvent;
import io.deployflow.event.DeployListener;
import io.deployflow.internal.Lanes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of one run out of a deploy's events. What comes before the first phase is the row {@code open}, what
 * comes after the last the row {@code close}; nothing is filled up: what no row has stays visible.
 */
final class Recorder implements DeployListener {
    static final String OPEN = "open";
    static final String CLOSE = "close";

    private final LongSupplier nanos;
    private final long begun;
    private final Lanes lanes = new Lanes();
    private final List<Draft> drafts = new ArrayList<>();
    private Draft current;
    private long measuring;

    /** One that runs from now on. */
    Recorder(LongSupplier nanos) {
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
        this.current = add(OPEN, begun);
    }

    /** A row that goes on. */
    private static final class Draft {
        private final String name;
        private final long start;
        private final Map<String, Long> sent = new HashMap<>();
        private long calls;
        private long took;
        private boolean succeeded = true;

        Draft(String name, long start) {
            this.name = name;
            this.start = start;
        }

        Row row(long begun) {
            long bytes = sent.values().stream().mapToLong(Long::longValue).sum();
            return new Row(name, Duration.ofNanos(start - begun), Duration.ofNanos(took), succeeded, bytes, calls);
        }
    }

    /** The rows, what the units did, and how long all took. */
    record Recording(List<Row> rows, List<Lane> lanes, Duration wall, Duration measuring) {}

    @Override
    public synchronized void onEvent(DeployEvent event) {
        long now = nanos.getAsLong();
        if (event instanceof DeployEvent.PhaseStarted started) {
            end(now, true);
            current = add(started.phase().word(), now);
        } else if (event instanceof DeployEvent.PhaseFinished finished) {
            current.took = finished.took().toNanos();
            current.succeeded = finished.succeeded();
            current = add(CLOSE, now);
        } else if (event instanceof DeployEvent.Asked) {
            current.calls++;
        } else if (event instanceof DeployEvent.Progress progress && progress.measure() == DeployEvent.Measure.BYTES) {
            current.sent.merge(progress.unit() + ' ' + progress.what(), progress.done(), Math::max);
        } else if (event instanceof DeployEvent.LaneChanged changed) {
            lanes.add(changed.lane());
        }
        measuring += nanos.getAsLong() - now;
    }

    /** Ends the run; the events of none may come after it. */
    synchronized Recording end(@Nullable String only) {
        long now = nanos.getAsLong();
        end(now, false);
        List<Row> rows = drafts.stream().map(draft -> draft.row(begun)).toList();
        List<Row> named = only == null
                ? rows
                : rows.stream().map(row -> renamed(row, only)).toList();
        return new Recording(named, lanes.all(), Duration.ofNanos(now - begun), Duration.ofNanos(measuring));
    }

    /** Where nothing told of a phase, all of it is one row. */
    private static Row renamed(Row row, String name) {
        return new Row(name, row.start(), row.took(), row.succeeded(), row.bytes(), row.calls());
    }

    private Draft add(String name, long start) {
        Draft draft = new Draft(name, start);
        drafts.add(draft);
        return draft;
    }

    /**
     * Ends what is no phase; between two phases that is nothing worth a row, and what was counted goes to the first.
     */
    private void end(long now, boolean isBetween) {
        if (current.name.equals(OPEN) || !isBetween) {
            current.took = current.took == 0 ? now - current.start : current.took;
        } else if (current.name.equals(CLOSE)) {
            drafts.remove(current);
            Draft before = drafts.get(drafts.size() - 1);
            before.calls += current.calls;
            current.sent.forEach((what, bytes) -> before.sent.merge(what, bytes, Math::max));
        }
    }
}
