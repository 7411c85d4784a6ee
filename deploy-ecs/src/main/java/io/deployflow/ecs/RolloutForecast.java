package io.deployflow.ecs;

import io.deployflow.Prediction;
import io.deployflow.Prediction.Part;
import io.deployflow.Prediction.Saving;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** From a service's settings to how long a rollout takes at the least, and what other settings would save. */
final class RolloutForecast {
    private static final Duration WORTH_A_WORD = Duration.ofSeconds(5);
    private static final Duration SHORT_DRAIN = Duration.ofSeconds(30);
    private static final Duration SHORT_BAKE = Duration.ofMinutes(5);

    private RolloutForecast() {}

    /** The prediction; empty where there is nothing to replace, or where no task may be. */
    static Optional<Prediction> of(String service, RolloutSettings settings, List<String> assumptions) {
        List<Part> parts = RolloutCourse.of(settings);
        if (settings.batch().desired() == 0 || settings.batch().daemon() || parts.isEmpty()) {
            return Optional.empty();
        }
        Duration shortest = sum(parts);
        List<Saving> savings = Stream.of(drain(settings), check(settings), batches(settings), bake(settings))
                .flatMap(Optional::stream)
                .map(idea -> idea.saving(shortest))
                .filter(saving -> saving.saves().compareTo(WORTH_A_WORD) >= 0)
                .sorted(Comparator.comparing(Saving::saves).reversed())
                .toList();
        return Optional.of(new Prediction(service, shortest, parts, savings, assumptions));
    }

    private static Duration sum(List<Part> parts) {
        return parts.stream().map(Part::took).reduce(Duration.ZERO, Duration::plus);
    }

    /** One setting that could be another. */
    private record Idea(String setting, String now, String instead, RolloutSettings changed) {
        Saving saving(Duration shortest) {
            return new Saving(setting, now, instead, shortest.minus(sum(RolloutCourse.of(changed))));
        }
    }

    private static Optional<Idea> drain(RolloutSettings settings) {
        return settings.drain()
                .filter(drain -> drain.delay().compareTo(SHORT_DRAIN) > 0)
                .map(drain -> new Idea(
                        "deregistration_delay of target group " + drain.group(),
                        seconds(drain.delay()),
                        seconds(SHORT_DRAIN),
                        settings.draining(SHORT_DRAIN)));
    }

    private static Optional<Idea> check(RolloutSettings settings) {
        HealthWait check = settings.check();
        return check.sooner().compareTo(check.after()) >= 0
                ? Optional.empty()
                : Optional.of(
                        new Idea(check.setting(), check.now(), check.instead(), settings.healthyAfter(check.sooner())));
    }

    private static Optional<Idea> batches(RolloutSettings settings) {
        Batch batch = settings.batch();
        int twice = batch.desired() * 2;
        return settings.shift().atOnce() || batch.most() >= twice
                ? Optional.empty()
                : Optional.of(new Idea(
                        "maximumPercent",
                        batch.most() * 100 / Math.max(1, batch.desired()) + " %",
                        "200 %",
                        settings.with(new Batch(batch.desired(), batch.least(), twice, false))));
    }

    private static Optional<Idea> bake(RolloutSettings settings) {
        TrafficShift shift = settings.shift();
        return shift.bake().compareTo(SHORT_BAKE) <= 0
                ? Optional.empty()
                : Optional.of(new Idea(
                        "bakeTimeInMinutes",
                        shift.bake().toMinutes() + " min",
                        SHORT_BAKE.toMinutes() + " min",
                        settings.with(shift.baking(SHORT_BAKE))));
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }
}
