package io.deployflow.compare;

import io.deployflow.internal.compare.ForecastMaker;
import io.deployflow.internal.compare.PredictedVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a scenario would take on a target under other conditions, by the phases of the run in the middle of those that
 * were measured.
 *
 * @param place the target's name
 * @param measured what that run took
 * @param predicted what it would take
 * @param parts its phases; they add up to both times, but for what no phase had
 */
public record Forecast(String place, Scenario scenario, Duration measured, Duration predicted, List<Part> parts) {

    /** A phase: what it took, and what it would take. */
    public record Part(String name, Duration measured, Duration predicted) {}

    /** Copies the list. */
    public Forecast {
        parts = List.copyOf(parts);
    }

    /** One for each scenario and target that has a run which ended as it should. */
    public static List<Forecast> of(ComparisonReport report, Conditions conditions) {
        return ForecastMaker.of(report, conditions);
    }

    /**
     * The scenario that most people ask for first, in sentences: which target would be the faster, and what takes
     * longest.
     *
     * @return empty where fewer than two targets have a prediction of it
     */
    public static Optional<String> verdict(ComparisonReport report, Conditions conditions, List<Forecast> forecasts) {
        return PredictedVerdict.of(report, conditions, forecasts);
    }

    /** What is assumed, and what is left out: to be shown with every prediction. */
    public static List<String> limits() {
        return ForecastMaker.LIMITS;
    }

    /** A table of them for a terminal. */
    public static String table(List<Forecast> forecasts) {
        return ForecastMaker.table(forecasts);
    }
}
