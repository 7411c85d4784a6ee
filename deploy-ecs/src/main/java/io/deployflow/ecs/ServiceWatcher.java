package io.deployflow.ecs;

import io.deployflow.spi.DeployContext;
import io.deployflow.spi.Poller;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;

/** Watches the rollouts to the services of a target until they are decided, together: one that fails fails all. */
final class ServiceWatcher {
    /** How often AWS is asked: a person waits for the first half minute, a machine after it. */
    static final Poller PACE = new Poller(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(30));

    /** ECS may describe a service as it was before the last update, for a moment. */
    static final Duration SHOWN_WITHIN = Duration.ofSeconds(30);

    private final EcsGateway ecs;
    private final ServiceDeployments records;
    private final TargetHealth health;
    private final TaskNames names;
    private final Poller pace;

    ServiceWatcher(EcsGateway ecs, ServiceDeployments records, TargetHealth health, TaskNames names, Poller pace) {
        this.ecs = ecs;
        this.records = records;
        this.health = health;
        this.names = names;
        this.pace = pace;
    }

    /**
     * Watches until all have succeeded, one has failed, or the time is up.
     *
     * @return one for each attempt, in their order
     * @throws io.deployflow.DeployCancelledException as soon as it is cancelled
     */
    List<Watched> watch(List<Attempt> attempts, Duration within, DeployContext context) {
        List<ServiceWatch> watches = attempts.stream()
                .map(attempt -> new ServiceWatch(attempt, ecs, health, names, context))
                .toList();
        Patience patience = new Patience(context);
        pace.ask(within, context.cancellation(), () -> patience.ask(() -> look(watches)));
        return watches.stream().map(ServiceWatch::result).toList();
    }

    /** Looks at those that go on, all with the same few calls. */
    private Optional<Boolean> look(List<ServiceWatch> watches) {
        List<ServiceWatch> open = watches.stream().filter(ServiceWatch::goesOn).toList();
        if (open.isEmpty()) {
            return Optional.of(true);
        }
        Map<String, Service> services = ecs.services(
                open.stream().map(watch -> watch.attempt().service()).toList());
        Map<String, ServiceDeployment> found = records(open);
        open.forEach(watch -> watch.look(
                Objects.requireNonNull(services.get(watch.attempt().service())),
                Optional.ofNullable(found.get(watch.attempt().service()))));
        boolean decided = watches.stream().noneMatch(ServiceWatch::goesOn)
                || watches.stream().anyMatch(ServiceWatch::hasFailed);
        return Optional.of(decided).filter(yes -> yes);
    }

    /** ECS's own records by service; each is found first, and then described together with the others. */
    private Map<String, ServiceDeployment> records(List<ServiceWatch> open) {
        Map<String, ServiceDeployment> found = new HashMap<>();
        Map<String, ServiceDeployment> known = records.describe(
                open.stream().flatMap(watch -> watch.record().stream()).toList());
        for (ServiceWatch watch : open) {
            watch.record()
                    .map(known::get)
                    .or(() -> watch.record().isPresent() ? Optional.empty() : find(watch.attempt()))
                    .ifPresent(record -> found.put(watch.attempt().service(), record));
        }
        return found;
    }

    private Optional<ServiceDeployment> find(Attempt attempt) {
        return records.find(attempt.service(), attempt.taskDefinition(), attempt.earlierRecord());
    }
}
