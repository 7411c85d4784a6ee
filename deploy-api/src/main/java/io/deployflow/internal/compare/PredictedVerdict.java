package io.deployflow.internal.compare;

import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.Conditions;
import io.deployflow.compare.Forecast;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is predicted, in a sentence: of the scenario that most people ask for first. */
public final class PredictedVerdict {
    /** What a prediction is right within: a smaller difference is none. */
    private static final double RIGHT_WITHIN = 1.2;

    private PredictedVerdict() {}

    /** Empty where there are not two targets to compare. */
    public static Optional<String> of(ComparisonReport report, Conditions conditions, List<Forecast> forecasts) {
        return Findings.mainScenario(report).flatMap(scenario -> {
            List<Forecast> ranked = forecasts.stream()
                    .filter(forecast -> forecast.scenario() == scenario)
                    .sorted(Comparator.comparing(Forecast::predicted))
                    .toList();
            return ranked.size() < 2
                    ? Optional.empty()
                    : Optional.of("%s with %s: %s on %s; %s. The longest part is %s."
                            .formatted(
                                    Findings.subject(scenario).replace(",", ""),
                                    conditions,
                                    Words.time(ranked.get(0).predicted()),
                                    ranked.get(0).place(),
                                    ranked.stream()
                                            .skip(1)
                                            .map(other -> beside(ranked.get(0), other))
                                            .collect(Collectors.joining(", ")),
                                    Words.list(ranked.stream()
                                            .map(PredictedVerdict::longest)
                                            .toList())));
        });
    }

    private static String beside(Forecast first, Forecast other) {
        double ratio = (double) other.predicted().toNanos()
                / Math.max(1, first.predicted().toNanos());
        String time = Words.time(other.predicted());
        return ratio < RIGHT_WITHIN
                ? "about as long on %s (%s)".formatted(other.place(), time)
                : "%s as long on %s (%s)".formatted(Words.times(ratio), other.place(), time);
    }

    private static String longest(Forecast forecast) {
        return forecast.parts().stream()
                .max(Comparator.comparing(Forecast.Part::predicted))
                .map(part -> part.name() + " on " + forecast.place() + " (" + Words.time(part.predicted()) + ")")
                .orElse("nothing that is known on " + forecast.place());
    }
}
