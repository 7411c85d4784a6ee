package io.deployflow.benchmark.claims;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * "SSH gets unreliable as targets grow": how many deploys to more and more units succeed, and what they leave, where a
 * connect or a start fails by chance.
 */
final class ManyUnits implements Experiment {
    static final String PART = "many units";
    static final String REPEATS = "many units again";
    private static final double REPEATED = 0.95;
    private static final Duration SETUP = Duration.ofSeconds(20);
    private static final Duration SETUP_A_HOST = Duration.ofMillis(250);
    private static final double MILLIS = 1000;
    private static final long STARTED = 150;
    private static final double HANDSHAKE = 0.005;
    private static final double LOOK = 0.05;
    private static final double FASTER = 4;

    private final Study study;
    private final Opener opener;

    /** Makes the deploys. */
    interface Tries extends AutoCloseable {

        /** Deploys once, with losses by chance. */
        Trial deploy(Case one, int run) throws IOException;

        /** Whether a deploy would succeed with other losses, found out by less than a deploy. */
        boolean repeat(Case one, int run) throws IOException;

        @Override
        void close();
    }

    /** Sets up what is deployed to, which takes its time. */
    interface Opener {
        Tries open(Study study) throws IOException;
    }

    ManyUnits(Study study) {
        this(study, Ways::start);
    }

    ManyUnits(Study study, Opener opener) {
        this.study = study;
        this.opener = opener;
    }

    @Override
    public String name() {
        return "many";
    }

    @Override
    public void plan() {
        List<Step> missing = missing();
        missing.forEach(step -> study.progress().plan(1, step.planned()));
        if (!missing.isEmpty()) {
            study.progress().plan(1, setup());
        }
    }

    private Duration setup() {
        return SETUP.plus(SETUP_A_HOST.multipliedBy(study.size().mostUnits()));
    }

    /**
     * What is done once.
     *
     * @param part whole deploys, or what is repeated in their place
     * @param one of what
     * @param run the how manieth of them
     */
    private record Step(String part, Case one, int run) {
        Duration planned() {
            return part.equals(PART) ? ManyUnits.planned(one) : plannedAgain(one);
        }

        String name() {
            return one.step(run);
        }

        /** What takes little is repeated before what takes long, so that the time for it tells as much as it can. */
        Duration turn() {
            return run == 1 ? Duration.ZERO : planned().multipliedBy(run);
        }
    }

    /** What has not been measured. */
    private List<Step> missing() {
        List<Step> steps = new ArrayList<>();
        for (int units : study.size().units()) {
            for (int percent : study.size().percents()) {
                for (String way : Ways.NAMES) {
                    Case one = new Case(way, units, percent);
                    add(steps, PART, one, Ways.runs(one, study.size()));
                    add(steps, REPEATS, one, Ways.repeats(one, study.size()));
                }
            }
        }
        return steps.stream()
                .filter(step -> !study.figures().has(step.part(), step.name()))
                .sorted(Comparator.comparing(Step::turn))
                .toList();
    }

    private static void add(List<Step> steps, String part, Case one, int runs) {
        IntStream.rangeClosed(1, runs).mapToObj(run -> new Step(part, one, run)).forEach(steps::add);
    }

    /** On two processors that do nothing else; what tries once ends early where it fails. */
    static Duration planned(Case one) {
        double whole = switch (one.way()) {
            case Ways.CAPISTRANO -> 0.5 * one.units();
            case Ways.MODEL -> 0.4 * one.units() * one.chance();
            case Ways.ONCE -> 0.3 * one.units() * one.chance();
            case Ways.ECS -> 6 + 0.03 * one.units();
            default -> 0.3 * one.units();
        };
        return Duration.ofMillis((long) (1000 * (2 + whole)));
    }

    /** A handshake on both sides; for this project also a look at the host, where all could be connected to. */
    private static Duration plannedAgain(Case one) {
        double each = switch (one.way()) {
            case Ways.ECS -> FASTER + LOOK * one.units();
            case Ways.MODEL -> HANDSHAKE * one.units();
            case Ways.ONCE -> (HANDSHAKE + LOOK * one.chance()) * one.units();
            default -> (HANDSHAKE + LOOK) * one.units();
        };
        return Duration.ofMillis(STARTED + (long) (MILLIS * each));
    }

    @Override
    public void run() throws IOException {
        List<Step> missing = missing();
        if (missing.isEmpty()) {
            return;
        }
        try (Tries tries = opener.open(study)) {
            study.progress()
                    .done(
                            setup(),
                            "%d SSH hosts within one process"
                                    .formatted(study.size().mostUnits()));
            for (Step step : missing) {
                measure(step, tries);
            }
        }
    }

    private void measure(Step step, Tries tries) throws IOException {
        // Of a first look it is all that tells how far runs lie apart, if there is no time for more; and it takes
        // little.
        boolean tells = study.size().isQuick() && step.one().percent() == 0;
        if (!study.mayRun(tells ? 1 : step.run(), step.planned(), REPEATED)) {
            study.progress().leftOut(step.planned(), "no time for another run: " + step.name());
        } else if (step.part().equals(PART)) {
            Trial trial = tries.deploy(step.one(), step.run());
            note(step, trial.measures(), trial.words());
        } else {
            boolean succeeded = tries.repeat(step.one(), step.run());
            note(step, Map.of(Trial.SUCCEEDED, succeeded ? 1.0 : 0), succeeded ? "would succeed" : "would fail");
        }
    }

    private void note(Step step, Map<String, Double> measures, String words) {
        Case one = step.one();
        study.done(
                step.part(),
                step.name(),
                measures,
                step.planned(),
                "%s, %d units, %d %% fail: %s".formatted(one.way(), one.units(), one.percent(), words));
    }
}
