package io.deployflow.ecs;

import io.deployflow.Lane;
import io.deployflow.Lane.End;
import io.deployflow.Lane.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * When a task came to what, by AWS's clock: what ECS says of it, and what was seen.
 *
 * @param task as it was seen last
 * @param from what it did before is of no interest
 * @param healthy when it was healthy, as far as that is known
 * @param drained when its connections were drained, as far as that is known
 * @param drains whether a load balancer drains it before it is stopped
 * @param failed whether it ended because something was wrong with it
 * @param until when it was seen last
 */
record TaskMoments(
        Task task,
        Instant from,
        Optional<Instant> healthy,
        Optional<Instant> drained,
        boolean drains,
        boolean failed,
        Instant until) {

    /** The moment from which on a task does something else. */
    private record Turn(Instant at, String next) {}

    /** What it did, as a row of a waterfall. */
    Lane lane(TaskNames names, boolean replaced) {
        return new Lane(
                names.of(task),
                TaskNames.service(task).orElse(""),
                TaskDefinitions.id(task.taskDefinitionArn()),
                replaced,
                spans());
    }

    private List<Span> spans() {
        List<Turn> turns = turns();
        List<Span> spans = new ArrayList<>();
        for (int index = 0; index < turns.size(); index++) {
            Turn turn = turns.get(index);
            boolean last = index + 1 == turns.size();
            if (last && task.stoppedAt() != null) {
                break;
            }
            Instant end = last ? until : turns.get(index + 1).at();
            Instant start = turn.at().isBefore(from) ? from : turn.at();
            if (start.isBefore(end)) {
                spans.add(new Span(turn.next(), start, Duration.between(start, end), end(turn, last)));
            }
        }
        return spans;
    }

    /** What went on when it was told to stop because of a failure is what failed. */
    private End end(Turn turn, boolean last) {
        if (last) {
            return End.OPEN;
        }
        boolean before = task.stoppingAt() == null || turn.at().isBefore(task.stoppingAt());
        boolean whenItStopped =
                task.stoppingAt() != null && before && !next(turn).isBefore(task.stoppingAt());
        return failed && whenItStopped ? End.FAILED : End.DONE;
    }

    private Instant next(Turn turn) {
        return turns().stream()
                .map(Turn::at)
                .filter(at -> at.isAfter(turn.at()))
                .findFirst()
                .orElse(until);
    }

    /** In order; a moment that is not known is left out, so that what went before it goes on to the next. */
    private List<Turn> turns() {
        List<Turn> turns = new ArrayList<>();
        Instant leaves = task.stoppingAt() == null ? Instant.MAX : task.stoppingAt();
        add(turns, task.createdAt(), "placing", leaves);
        add(turns, task.pullStartedAt(), "pulling", leaves);
        add(turns, task.pullStoppedAt(), "starting", leaves);
        add(turns, task.startedAt(), "becoming healthy", leaves);
        add(turns, healthy.orElse(null), Lane.SERVING, leaves);
        if (drains && task.startedAt() != null) {
            add(turns, task.stoppingAt(), "draining", Instant.MAX);
            add(turns, drained.orElse(task.executionStoppedAt()), "stopping", Instant.MAX);
        } else {
            add(turns, task.stoppingAt(), "stopping", Instant.MAX);
        }
        add(turns, task.stoppedAt(), "", Instant.MAX);
        return turns;
    }

    private static void add(List<Turn> turns, @Nullable Instant at, String next, Instant before) {
        if (at == null || !at.isBefore(before)) {
            return;
        }
        Instant last = turns.isEmpty() ? at : turns.get(turns.size() - 1).at();
        turns.add(new Turn(at.isBefore(last) ? last : at, next));
    }
}
