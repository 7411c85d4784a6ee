package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.DeployException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.CloudWatchLogsException;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

class LogCursorTest {

    /** Two pages, of which the second cannot be had the first time. */
    private static final class Faulty implements CloudWatchLogsClient {
        private final AtomicInteger faults = new AtomicInteger(1);

        @Override
        public FilterLogEventsResponse filterLogEvents(FilterLogEventsRequest request) {
            if (request.nextToken() == null) {
                return page(1).toBuilder().nextToken("second").build();
            }
            if (faults.getAndDecrement() > 0) {
                throw CloudWatchLogsException.builder()
                        .statusCode(500)
                        .message("later")
                        .build();
            }
            return page(2);
        }

        private static FilterLogEventsResponse page(int number) {
            return FilterLogEventsResponse.builder()
                    .events(FilteredLogEvent.builder()
                            .eventId("id" + number)
                            .logStreamName("app/app/1")
                            .message("line " + number)
                            .timestamp(1000L * number)
                            .build())
                    .build();
        }

        @Override
        public String serviceName() {
            return "logs";
        }

        @Override
        public void close() {}
    }

    @Test
    void read_whenAPageCannotBeHad_givesEveryLineTheNextTimeAndEachOnce() {
        LogCursor cursor = new LogCursor(new Faulty(), "group", "app/app/", Instant.EPOCH);

        assertThatThrownBy(cursor::read).isInstanceOf(DeployException.class);

        assertThat(cursor.read()).extracting(LogLine::text).isEqualTo(List.of("line 1", "line 2"));
        assertThat(cursor.read()).isEmpty();
    }
}
