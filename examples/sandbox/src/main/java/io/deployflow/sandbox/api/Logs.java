package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.ecs.Cluster.Placed;
import io.deployflow.sandbox.port.LogLine;
import io.deployflow.sandbox.scheduler.Moment;
import io.deployflow.sandbox.scheduler.Task;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;
import io.deployflow.sandbox.wire.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Operations that read logs. A stream is what a container with the awslogs driver wrote. */
final class Logs {

    private static final int MOST_EVENTS = 10_000;

    private final Cloud cloud;

    Logs(Cloud cloud) {
        this.cloud = cloud;
    }

    /** The output of one container of one task. */
    private record LogStream(String group, String name, Task task, String container) {}

    void addTo(Operations operations) {
        operations
                .add("logs", "CreateLogGroup", this::create)
                .add("logs", "DescribeLogGroups", this::groups)
                .add("logs", "DescribeLogStreams", this::describeStreams)
                .add("logs", "GetLogEvents", this::events)
                .add("logs", "FilterLogEvents", this::filter);
    }

    private ObjectNode create(ObjectNode request) {
        String name = Json.required(request, "logGroupName");
        if (groupNames().anyMatch(name::equals)) {
            throw new AwsException("ResourceAlreadyExistsException", "The specified log group already exists");
        }
        cloud.logGroups().add(name);
        return Json.object();
    }

    /** Groups that were created, and those that containers write to. */
    private Stream<String> groupNames() {
        return Stream.concat(cloud.logGroups().stream(), streams().map(LogStream::group));
    }

    private ObjectNode groups(ObjectNode request) {
        String prefix = request.path("logGroupNamePrefix").asText("");
        List<ObjectNode> groups = groupNames()
                .filter(group -> group.startsWith(prefix))
                .distinct()
                .sorted()
                .map(group -> Json.object()
                        .put("logGroupName", group)
                        .put("arn", cloud.arns().of("logs", "log-group:" + group + ":*")))
                .toList();
        Page<ObjectNode> page = Page.of(groups, request, 50);
        return page.mark(Json.object().set("logGroups", Json.array(page.items())));
    }

    private ObjectNode describeStreams(ObjectNode request) {
        String prefix = request.path("logStreamNamePrefix").asText("");
        List<ObjectNode> streams = streams(request)
                .filter(stream -> stream.name().startsWith(prefix))
                .map(stream -> Json.object()
                        .put("logStreamName", stream.name())
                        .put(
                                "creationTime",
                                stream.task().at(Moment.CREATED).orElseThrow().toEpochMilli())
                        .put(
                                "arn",
                                cloud.arns()
                                        .of(
                                                "logs",
                                                "log-group:%s:log-stream:%s".formatted(stream.group(), stream.name()))))
                .toList();
        Page<ObjectNode> page = Page.of(streams, request, 50);
        return page.mark(Json.object().set("logStreams", Json.array(page.items())));
    }

    private ObjectNode events(ObjectNode request) {
        String name = Json.required(request, "logStreamName");
        LogStream stream = streams(request)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> notFound("The specified log stream does not exist."));
        LogPage page = LogPage.of(lines(stream, request), request);
        ObjectNode answer =
                Json.object().put("nextForwardToken", page.nextForward()).put("nextBackwardToken", page.nextBackward());
        return answer.set(
                "events", Json.array(page.lines().stream().map(Logs::event).toList()));
    }

    private ObjectNode filter(ObjectNode request) {
        String pattern = request.path("filterPattern").asText("").replace("\"", "");
        List<String> names = Json.texts(request, "logStreamNames");
        String prefix = request.path("logStreamNamePrefix").asText("");
        List<ObjectNode> events = streams(request)
                .filter(stream -> names.isEmpty() || names.contains(stream.name()))
                .filter(stream -> stream.name().startsWith(prefix))
                .flatMap(stream -> found(stream, pattern, request))
                .sorted(Comparator.comparingLong(
                        event -> event.path("timestamp").asLong()))
                .toList();
        Page<ObjectNode> page = Page.of(events, limited(request), MOST_EVENTS);
        return page.mark(Json.object().set("events", Json.array(page.items())));
    }

    /** FilterLogEvents calls {@code limit} what others call {@code maxResults}. */
    private static ObjectNode limited(ObjectNode request) {
        int limit = request.path("limit").asInt(MOST_EVENTS);
        return request.deepCopy()
                .put("maxResults", Math.min(limit, request.path("maxResults").asInt(MOST_EVENTS)));
    }

    /** By an event's id a client knows what it has seen: two lines of one millisecond may say the same. */
    private Stream<ObjectNode> found(LogStream stream, String pattern, ObjectNode request) {
        List<LogLine> all = all(stream);
        return IntStream.range(0, all.size())
                .filter(number -> isWithin(all.get(number), request))
                .filter(number -> all.get(number).message().contains(pattern))
                .mapToObj(number -> event(all.get(number))
                        .put("logStreamName", stream.name())
                        .put("eventId", stream.name().hashCode() + "-" + number));
    }

    private List<LogLine> lines(LogStream stream, ObjectNode request) {
        return all(stream).stream().filter(line -> isWithin(line, request)).toList();
    }

    private static boolean isWithin(LogLine line, ObjectNode request) {
        long at = line.time().toEpochMilli();
        return at >= request.path("startTime").asLong(Long.MIN_VALUE)
                && at < request.path("endTime").asLong(Long.MAX_VALUE);
    }

    private List<LogLine> all(LogStream stream) {
        return cloud.logs().read(stream.task().id(), stream.container());
    }

    private static ObjectNode event(LogLine line) {
        return Json.object()
                .put("timestamp", line.time().toEpochMilli())
                .put("ingestionTime", line.time().toEpochMilli())
                .put("message", line.message());
    }

    /** The streams of the group that a request names. */
    private Stream<LogStream> streams(ObjectNode request) {
        String group = Json.required(request, "logGroupName");
        List<LogStream> streams =
                streams().filter(stream -> stream.group().equals(group)).toList();
        if (streams.isEmpty() && !cloud.logGroups().contains(group)) {
            throw notFound("The specified log group does not exist.");
        }
        return streams.stream();
    }

    private Stream<LogStream> streams() {
        return cloud.clusters().values().stream()
                .flatMap(cluster -> cluster.tasks().map(Placed::task))
                .flatMap(this::streams);
    }

    private Stream<LogStream> streams(Task task) {
        JsonNode containers = cloud.taskDefinitions()
                .find(task.plan().taskDefinitionArn())
                .map(definition -> definition.path("containerDefinitions"))
                .orElseGet(Json::array);
        return containers.valueStream().flatMap(container -> stream(task, container).stream());
    }

    private static Optional<LogStream> stream(Task task, JsonNode container) {
        JsonNode log = container.path("logConfiguration");
        String group = log.path("options").path("awslogs-group").asText("");
        if (!log.path("logDriver").asText().equals("awslogs") || group.isEmpty()) {
            return Optional.empty();
        }
        String name = container.path("name").asText();
        String prefix = log.path("options").path("awslogs-stream-prefix").asText("ecs");
        return Optional.of(new LogStream(group, prefix + "/" + name + "/" + task.id(), task, name));
    }

    private static AwsException notFound(String message) {
        return new AwsException("ResourceNotFoundException", message);
    }
}
