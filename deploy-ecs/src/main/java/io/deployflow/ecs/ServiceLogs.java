package io.deployflow.ecs;

import io.deployflow.ConfigurationException;
import io.deployflow.DeployCancelledException;
import io.deployflow.LogQuery;
import io.deployflow.OperationReport;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.OperationResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Tells what the containers of a service's tasks write, in the order of time, and goes on with tasks that come. */
final class ServiceLogs {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceLogs.class);

    private static final Duration USUAL = Duration.ofMinutes(10);
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final EcsSettings settings;
    private final EcsGateway ecs;
    private final AwsClients clients;
    private final Pace pace;

    ServiceLogs(EcsSettings settings, EcsGateway ecs, AwsClients clients, Pace pace) {
        this.settings = settings;
        this.ecs = ecs;
        this.clients = clients;
        this.pace = pace;
    }

    /** See {@link io.deployflow.spi.TargetOperations#logs}. */
    OperationResult run(LogQuery query, DeployContext context) {
        Reading reading = new Reading(query, context);
        reading.read();
        if (query.follow()) {
            follow(reading, context);
        }
        return new OperationResult(reading.units(), Optional.empty());
    }

    private void follow(Reading reading, DeployContext context) {
        Patience patience = new Patience(context);
        try {
            pace.ask(
                    FOR_EVER,
                    context.cancellation(),
                    () -> patience.ask(() -> {
                        reading.read();
                        return Optional.empty();
                    }));
        } catch (DeployCancelledException e) {
            LOG.debug("no longer followed", e); // So following ends.
        }
    }

    /** One query, and how far it has come. */
    private final class Reading {
        private final LogQuery query;
        private final DeployContext context;
        private final Instant from;
        private final ServiceTasks tasks = new ServiceTasks(settings, ecs);
        private final Map<String, List<LogSources.Source>> byDefinition = new LinkedHashMap<>();
        private final Map<LogSources.Source, LogCursor> cursors = new LinkedHashMap<>();
        /** What was read, and is told once all can be read and it is known whose it is. */
        private final List<Line> untold = new ArrayList<>();

        private final Map<String, Integer> lines = new LinkedHashMap<>();
        private @Nullable ConfigurationException missing;

        Reading(LogQuery query, DeployContext context) {
            this.query = query;
            this.context = context;
            this.from = context.clock().instant().minus(query.since().orElse(USUAL));
        }

        void read() {
            lookForSources();
            cursors.forEach((source, cursor) -> cursor.read().forEach(line -> untold.add(Line.of(source, line))));
            List<Line> wanted = untold.stream()
                    .filter(this::isWanted)
                    .sorted(Comparator.comparing(Line::at))
                    .toList();
            untold.clear();
            wanted.forEach(this::tell);
        }

        /** A rollout may bring another task definition that logs elsewhere. */
        private void lookForSources() {
            ecs.services().values().stream()
                    .flatMap(service -> service.deployments().stream())
                    .map(Deployment::taskDefinition)
                    .forEach(arn -> byDefinition.computeIfAbsent(
                            arn, there -> sources(ecs.taskDefinition(there).definition())));
            if (missing != null && byDefinition.values().stream().allMatch(List::isEmpty)) {
                throw missing;
            }
            byDefinition.values().stream()
                    .flatMap(List::stream)
                    .forEach(source -> cursors.computeIfAbsent(
                            source,
                            there -> new LogCursor(clients.logs(there.region()), there.group(), there.prefix(), from)));
        }

        /** Of several services, or releases, one may have no such container, or log elsewhere. */
        private List<LogSources.Source> sources(TaskDefinition definition) {
            try {
                return LogSources.of(definition, query.container()).stream()
                        .map(source -> source.in(settings.region()))
                        .toList();
            } catch (ConfigurationException e) {
                missing = e;
                if (query.container().isEmpty()) {
                    context.warn(String.valueOf(e.getMessage()));
                }
                return List.of();
            }
        }

        private boolean isWanted(Line line) {
            return query.unit().map(line.task()::startsWith).orElseGet(() -> tasks.has(line.task()));
        }

        private void tell(Line line) {
            boolean several = cursors.keySet().stream()
                            .map(LogSources.Source::container)
                            .distinct()
                            .count()
                    > 1;
            String unit = TaskNames.shortened(line.task()) + (several ? "/" + line.container() : "");
            lines.merge(unit, 1, Integer::sum);
            context.output(unit, line.text());
        }

        List<OperationReport.Unit> units() {
            return lines.entrySet().stream()
                    .map(unit -> new OperationReport.Unit(
                            unit.getKey(),
                            true,
                            "read",
                            unit.getValue() + " lines",
                            OptionalInt.empty(),
                            Duration.ZERO))
                    .toList();
        }
    }

    /** A line and whose it is. */
    private record Line(Instant at, String task, String container, String text) {
        static Line of(LogSources.Source source, LogLine line) {
            return new Line(
                    line.at(), line.stream().substring(source.prefix().length()), source.container(), line.text());
        }
    }
}
