package io.deployflow.ecs;

import io.deployflow.DeployException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/**
 * Reads the streams of a log group whose names begin the same, each line once. CloudWatch takes lines in late and out
 * of order, so every reading looks back a little and leaves out what it has seen by its id.
 */
final class LogCursor {
    private static final Duration LATE = Duration.ofSeconds(15);

    private final CloudWatchLogsClient logs;
    private final String group;
    private final String prefix;
    private final Map<String, Instant> seen = new HashMap<>();
    private Instant from;

    /**
     * Begins.
     *
     * @param logs of the region where the group is
     * @param prefix what the streams' names begin with
     * @param from the time of the oldest line that is wanted
     */
    LogCursor(CloudWatchLogsClient logs, String group, String prefix, Instant from) {
        this.logs = logs;
        this.group = group;
        this.prefix = prefix;
        this.from = from;
    }

    /**
     * The lines that have come since the last reading, oldest first; none while there is no such group or stream.
     *
     * @throws DeployException if they cannot be read
     */
    List<LogLine> read() {
        List<LogLine> lines = new ArrayList<>();
        Map<String, Instant> fresh = new HashMap<>();
        Optional<String> page = Optional.empty();
        Instant newest = from;
        do {
            var answer = find(page);
            if (answer.isEmpty()) {
                return lines;
            }
            for (FilteredLogEvent event : answer.get().events()) {
                Instant at = Instant.ofEpochMilli(event.timestamp());
                newest = at.isAfter(newest) ? at : newest;
                if (!seen.containsKey(event.eventId()) && fresh.put(event.eventId(), at) == null) {
                    lines.add(new LogLine(
                            at, event.logStreamName(), event.message().stripTrailing()));
                }
            }
            page = Optional.ofNullable(answer.get().nextToken());
        } while (page.isPresent());
        // Not before: where a page cannot be read, all come again.
        seen.putAll(fresh);
        moveTo(newest.minus(LATE));
        return lines;
    }

    private void moveTo(Instant next) {
        if (next.isAfter(from)) {
            from = next;
            seen.values().removeIf(next::isAfter);
        }
    }

    private Optional<FilterLogEventsResponse> find(Optional<String> page) {
        FilterLogEventsRequest request = FilterLogEventsRequest.builder()
                .logGroupName(group)
                .logStreamNamePrefix(prefix)
                .startTime(from.toEpochMilli())
                .nextToken(page.orElse(null))
                .build();
        try {
            return Optional.of(AwsErrors.reading("logs:FilterLogEvents", () -> logs.filterLogEvents(request)));
        } catch (DeployException e) {
            if (e.getCause() instanceof ResourceNotFoundException) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
