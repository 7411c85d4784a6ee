package io.deployflow.sandbox.scheduler;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a service's deployments come to serve.
 *
 * @param kind its name
 * @param steps percent of production traffic that the new revision gets, step by step; the last is 100
 * @param stepBake how long each step but the last lasts, as configured
 * @param hooks lifecycle hooks
 * @param routes load balancers whose traffic is shifted
 */
public record Strategy(Kind kind, List<Double> steps, Duration stepBake, List<Hook> hooks, List<TrafficRoute> routes) {

    /** Task by task. */
    public static final Strategy ROLLING = new Strategy(Kind.ROLLING, List.of(), Duration.ZERO, List.of(), List.of());

    /** Copies the lists. */
    public Strategy {
        steps = List.copyOf(steps);
        hooks = List.copyOf(hooks);
        routes = List.copyOf(routes);
    }

    /** The strategies of ECS. */
    public enum Kind {
        /** Task by task. */
        ROLLING,
        /** All traffic at once to a second set of tasks. */
        BLUE_GREEN,
        /** Traffic in equal steps. */
        LINEAR,
        /** A small part of the traffic, then the rest. */
        CANARY
    }

    /**
     * Percents of equal steps.
     *
     * @param percent of each step, above 0
     * @return ends with 100
     */
    public static List<Double> linear(double percent) {
        return Stream.iterate(percent, each -> each < 100 + percent, each -> each + percent)
                .map(each -> Math.min(100, Math.round(each * 10) / 10.0))
                .toList();
    }

    /** {@return whether a second set of tasks runs beside the first, and traffic is shifted} */
    public boolean staged() {
        return kind != Kind.ROLLING;
    }
}
