package io.deployflow.ecs;

import io.deployflow.CancellationToken;
import io.deployflow.DeployException;
import io.deployflow.spi.DeployContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Tells what one container of a task writes, as it comes, and keeps the last lines of it. */
final class TaskOutput {
    private static final int LINES = 15;
    private static final int QUIET = 2;
    private static final Duration REST = Duration.ofSeconds(20);

    private final String unit;
    private final DeployContext context;
    private final Deque<String> last = new ArrayDeque<>();
    private Optional<LogCursor> cursor;

    TaskOutput(AwsClients clients, Task task, String container, TaskDefinition definition, DeployContext context) {
        this.unit = TaskNames.alone(task);
        this.context = context;
        this.cursor = ContainerLogs.stream(
                        task, Container.builder().name(container).build(), definition)
                .map(stream ->
                        new LogCursor(clients.logs(stream.region()), stream.group(), stream.name(), Instant.EPOCH));
        if (cursor.isEmpty()) {
            context.warn("what container " + container + " writes cannot be shown: it does not log with awslogs and a"
                    + " stream prefix");
        }
    }

    /**
     * Tells what has come since the last time. Who may not read logs is told once, and does without.
     *
     * @return how many lines there were
     */
    int tell() {
        try {
            List<LogLine> lines = cursor.map(LogCursor::read).orElse(List.of());
            lines.forEach(line -> tell(line.text()));
            return lines.size();
        } catch (DeployException e) {
            if (AwsErrors.isPassing(e)) {
                return 0;
            }
            cursor = Optional.empty();
            context.warn("what the container writes cannot be shown: " + e.getMessage());
            return 0;
        }
    }

    private void tell(String line) {
        context.output(unit, line);
        last.addLast(line);
        if (last.size() > LINES) {
            last.removeFirst();
        }
    }

    /** Tells what comes late: CloudWatch shows lines some seconds after they were written. */
    void tellTheRest(Pace pace) {
        int[] quiet = {0};
        pace.ask(REST, CancellationToken.create(), () -> {
            quiet[0] = tell() == 0 ? quiet[0] + 1 : 0;
            return Optional.of(quiet[0]).filter(times -> times > QUIET || cursor.isEmpty());
        });
    }

    /** The last lines, oldest first. */
    List<String> last() {
        return List.copyOf(last);
    }
}
