package io.deployflow.ecs;

import io.deployflow.spi.DeployContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;

/**
 * Watches the rollouts to the services of a target until they are decided, together: one that fails fails all. A look
 * is one call (as many as a batch needs for many services): at ECS's own records, which decide, and in between at
 * something else that is worth it: the services, their tasks, the load balancer.
 */
final class ServiceWatcher {
    /** ECS may describe a service as it was before the last update, for a moment. */
    static final Duration SHOWN_WITHIN = Duration.ofSeconds(30);

    /** Between two looks at the records, while the end is not in sight; the worst that the verdict can be late by. */
    private static final Duration FAR = Duration.ofSeconds(1);

    /**
     * Between two looks while none of the tasks has been healthy: the first that fails may decide, and ECS's records
     * count it seconds later. Two of three looks are then at the tasks.
     */
    private static final Duration CLOSELY = Duration.ofMillis(330);

    /** Looks at the tasks between two at the records, with those that were at the list of them or the load balancer. */
    private static final int CLOSE_LOOKS = 3;

    /** Between two looks at the records once all tasks run, so that the next thing that happens may be the end. */
    private static final Duration NEAR = Duration.ofMillis(500);

    /** What is looked at, by turns: what decides, what explains, and what is only good to know when it is decided. */
    private enum Turn {
        RECORDS,
        ASIDE,
        AHEAD
    }

    private static final Set<ServiceDeploymentStatus> ENDED =
            EnumSet.of(ServiceDeploymentStatus.STOPPED, ServiceDeploymentStatus.STOP_REQUESTED);

    /** Those in which a record says more than that it goes on. */
    private static final Set<ServiceDeploymentStatus> OVER = EnumSet.of(
            ServiceDeploymentStatus.STOPPED,
            ServiceDeploymentStatus.STOP_REQUESTED,
            ServiceDeploymentStatus.ROLLBACK_REQUESTED,
            ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS,
            ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL,
            ServiceDeploymentStatus.ROLLBACK_FAILED);

    private final EcsGateway ecs;
    private final ServiceDeployments records;
    private final TargetHealth health;
    private final TaskNames names;
    private final Pace pace;

    ServiceWatcher(EcsGateway ecs, ServiceDeployments records, TargetHealth health, TaskNames names, Pace pace) {
        this.ecs = ecs;
        this.records = records;
        this.health = health;
        this.names = names;
        this.pace = pace;
    }

    /**
     * Watches until all have succeeded, one has failed, or the time is up.
     *
     * @param ahead is asked for in between
     * @return one for each attempt, in their order
     * @throws io.deployflow.DeployCancelledException as soon as it is cancelled
     */
    List<Watched> watch(List<Attempt> attempts, Duration within, ReadAhead ahead, DeployContext context) {
        Watch watch = new Watch(
                attempts.stream()
                        .map(attempt -> new ServiceWatch(
                                attempt, new TaskWatch(attempt, ecs, health, names, pace, context), pace, context))
                        .toList(),
                ahead,
                context);
        pace.ask(within, context.cancellation(), watch::look, watch::pause);
        return watch.end();
    }

    private final class Watch {
        private final List<ServiceWatch> all;
        private final ReadAhead ahead;
        private final Patience patience;
        private Turn turn = Turn.RECORDS;
        private int looksAside;

        Watch(List<ServiceWatch> all, ReadAhead ahead, DeployContext context) {
            this.all = all;
            this.ahead = ahead;
            this.patience = new Patience(context);
        }

        private List<ServiceWatch> open() {
            return all.stream().filter(ServiceWatch::goesOn).toList();
        }

        Optional<Boolean> look() {
            return patience.ask(() -> {
                switch (turn) {
                    case RECORDS -> lookAtRecords();
                    case ASIDE -> lookAside();
                    case AHEAD -> ahead.step();
                }
                return Optional.of(open().isEmpty() || all.stream().anyMatch(ServiceWatch::hasFailed))
                        .filter(decided -> decided);
            });
        }

        /** A part of the time between two looks at the records, where there is something to look at in between. */
        Duration pause() {
            List<ServiceWatch> open = open();
            boolean closely = open.stream().anyMatch(ServiceWatch::isUnproven);
            looksAside = turn == Turn.ASIDE ? looksAside + 1 : 0;
            if (closely && isForOneMoreLookAside(open)) {
                return CLOSELY;
            }
            Duration whole = open.stream().allMatch(ServiceWatch::isNear) ? NEAR : FAR;
            List<Turn> turns = new ArrayList<>(List.of(Turn.RECORDS));
            if (turn == Turn.ASIDE || open.stream().anyMatch(ServiceWatch::wantsMore)) {
                turns.add(Turn.ASIDE);
            }
            if (turn == Turn.AHEAD || ahead.isWanted()) {
                turns.add(Turn.AHEAD);
            }
            turn = turns.get((turns.indexOf(turn) + 1) % turns.size());
            Duration part = whole.dividedBy(turns.size());
            return closely && part.compareTo(CLOSELY) > 0 ? CLOSELY : part;
        }

        /** A second one; and a third, where the second was not at the tasks themselves. */
        private boolean isForOneMoreLookAside(List<ServiceWatch> open) {
            return looksAside == 1
                    || (looksAside > 1
                            && looksAside < CLOSE_LOOKS
                            && open.stream().anyMatch(ServiceWatch::isToBeSeenClosely));
        }

        /** Services whose record is not known, or cannot be, are described instead. */
        private void lookAtRecords() {
            List<ServiceWatch> open = open();
            List<ServiceWatch> unknown = open.stream()
                    .filter(watch -> watch.record().isEmpty() || !records.isAvailable())
                    .toList();
            if (!unknown.isEmpty()) {
                lookAtServices(unknown);
            }
            Map<String, ServiceDeployment> found = records.describe(
                    open.stream().flatMap(watch -> watch.record().stream()).toList());
            for (ServiceWatch watch : open) {
                watch.record().map(found::get).ifPresent(record -> take(watch, record));
            }
            lookAtFailures();
        }

        /** What makes a rollout fail is not to wait for the next look. */
        private void lookAtFailures() {
            List<ServiceWatch> troubled =
                    open().stream().filter(ServiceWatch::isTroubled).toList();
            if (!troubled.isEmpty()) {
                lookAtServices(troubled);
                troubled.forEach(ServiceWatch::lookAtFailures);
            }
        }

        private void take(ServiceWatch watch, ServiceDeployment record) {
            if (ENDED.contains(record.status())) {
                lookAtServices(List.of(watch)); // It tells whether somebody stopped it or another took its place.
            }
            if (isOf(watch, record)) {
                watch.take(record);
            } else {
                watch.forgetRecord();
            }
        }

        private void lookAtServices(List<ServiceWatch> some) {
            Map<String, Service> services = ecs.services(
                    some.stream().map(watch -> watch.attempt().service()).toList());
            some.forEach(watch -> watch.take(
                    Objects.requireNonNull(services.get(watch.attempt().service()))));
        }

        /** One kind of look, for all that want it: the service first, whose counters say whether its tasks moved. */
        private void lookAside() {
            List<ServiceWatch> stale =
                    open().stream().filter(ServiceWatch::wantsService).toList();
            if (!stale.isEmpty()) {
                lookAtServices(stale);
                lookAtFailures();
                return;
            }
            open().stream().filter(ServiceWatch::wantsMore).findFirst().ifPresent(ServiceWatch::lookAtTasks);
        }

        /** A service shows that its deployment has failed a moment before the record of that was looked at. */
        private void lookWhy() {
            List<ServiceWatch> unsure =
                    all.stream().filter(ServiceWatch::mayBeToldByItsRecord).toList();
            Map<String, ServiceDeployment> found = unsure.isEmpty()
                    ? Map.of()
                    : records.describe(unsure.stream()
                            .flatMap(watch -> watch.record().stream())
                            .toList());
            unsure.forEach(watch -> watch.record()
                    .map(found::get)
                    .filter(record -> OVER.contains(record.status()) && isOf(watch, record))
                    .ifPresent(watch::told));
        }

        private boolean isOf(ServiceWatch watch, ServiceDeployment record) {
            return watch.isTrusted(record)
                    || records.deploys(record, watch.attempt().taskDefinition());
        }

        List<Watched> end() {
            boolean failed = all.stream().anyMatch(watch -> watch.goesOn() || watch.hasFailed());
            if (failed) {
                patience.insist(pace, () -> {
                    lookAtServices(all);
                    lookWhy();
                    return true;
                });
            }
            return all.stream()
                    .map(watch -> patience.insist(pace, () -> watch.result(failed)))
                    .toList();
        }
    }
}
