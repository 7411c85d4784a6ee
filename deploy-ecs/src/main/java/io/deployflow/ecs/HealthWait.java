package io.deployflow.ecs;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * How long a task runs until it counts as healthy, and what decides that.
 *
 * @param setting what decides, as people know it
 * @param now its value, as people write it
 * @param after how long a task runs
 * @param instead a value that does for most services
 * @param sooner how long a task would run with that; as long as now where nothing is to be gained
 */
record HealthWait(String setting, String now, Duration after, String instead, Duration sooner) {
    /**
     * From the registration of a target to its first check; one that passes makes it healthy, whatever the threshold.
     */
    static final Duration FIRST_CHECK = Duration.ofSeconds(3);

    /** How long a task without any check runs before ECS counts it as healthy. */
    static final Duration WITHOUT_CHECK = Duration.ofSeconds(40);

    private static final Duration QUICK = Duration.ofSeconds(5);
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);

    HealthWait {
        Objects.requireNonNull(setting, "setting");
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(instead, "instead");
        Objects.requireNonNull(sooner, "sooner");
    }

    /**
     * Of a service: all checks run at the same time, so that the slowest decides.
     *
     * @param seen how long tasks ran last until the service went on, if that is known
     */
    static HealthWait of(TaskDefinition live, List<TargetGroupSettings> groups, Optional<Duration> seen) {
        return Stream.concat(
                        groups.stream().map(group -> ofTarget(group, seen)),
                        live.containerDefinitions().stream()
                                .filter(container -> isChecked(container.healthCheck()))
                                .map(HealthWait::ofContainer))
                .max(Comparator.comparing(HealthWait::after))
                .orElseGet(HealthWait::withoutCheck);
    }

    private static HealthWait ofTarget(TargetGroupSettings group, Optional<Duration> seen) {
        long missed =
                seen.map(time -> missed(time, FIRST_CHECK, group.interval())).orElse(0L);
        return new HealthWait(
                "health check interval of target group " + group.name(),
                seconds(group.interval()),
                FIRST_CHECK.plus(group.interval().multipliedBy(missed)),
                seconds(QUICK),
                FIRST_CHECK.plus(atPace(group.interval(), missed)));
    }

    /**
     * How many checks a new target missed, because its application did not answer yet.
     *
     * @param seen how long its task ran until the service went on: at the earliest when the check passed
     */
    static long missed(Duration seen, Duration first, Duration interval) {
        Duration late = seen.minus(first);
        return late.isNegative() || interval.isZero() ? 0 : late.toMillis() / interval.toMillis();
    }

    /** With quick checks an application is found ready soon after it is: that was between two checks, say halfway. */
    private static Duration atPace(Duration interval, long missed) {
        if (missed == 0 || interval.compareTo(QUICK) <= 0) {
            return interval.multipliedBy(missed);
        }
        Duration ready = interval.multipliedBy(missed).minus(interval.dividedBy(2));
        return QUICK.multipliedBy(ready.plus(QUICK).minusMillis(1).toMillis() / QUICK.toMillis());
    }

    /** The engine checks for the first time when an interval has passed. */
    private static HealthWait ofContainer(ContainerDefinition container) {
        Integer given = container.healthCheck().interval();
        Duration interval = given == null ? DEFAULT_INTERVAL : Duration.ofSeconds(given);
        return new HealthWait(
                "healthCheck.interval of container " + container.name(),
                seconds(interval),
                interval,
                seconds(QUICK),
                interval.compareTo(QUICK) < 0 ? interval : QUICK);
    }

    private static HealthWait withoutCheck() {
        return new HealthWait(
                "a task without any health check counts as healthy after",
                seconds(WITHOUT_CHECK),
                WITHOUT_CHECK,
                "a check of the container every " + seconds(QUICK),
                QUICK);
    }

    private static boolean isChecked(HealthCheck check) {
        return check != null
                && !check.command().isEmpty()
                && !"NONE".equals(check.command().get(0));
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }

    /** The same where it takes another time. */
    HealthWait taking(Duration other) {
        return new HealthWait(setting, now, other, instead, sooner);
    }
}
