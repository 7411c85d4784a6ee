package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.Source;
import io.deployflow.benchmark.ssh.Swarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * "SSH gets unreliable as targets grow": how many deploys to more and more units succeed, and what they leave, where a
 * connect or a start fails by chance.
 */
final class ManyUnits implements Experiment {
    static final String PART = "many units";
    /** How many of a hundred connects fail. */
    static final List<Integer> PERCENTS = List.of(0, 1, 5);

    private static final int FILES = 20;
    private static final int BYTES = 1000;
    private static final Duration SETUP = Duration.ofSeconds(20);

    private final Study study;

    ManyUnits(Study study) {
        this.study = study;
    }

    @Override
    public String name() {
        return "many";
    }

    @Override
    public void plan() {
        for (int run = 1; run <= study.size().lossyRuns(); run++) {
            missing(run).forEach(one -> study.progress().plan(1, planned(one)));
        }
        if (isMissing()) {
            study.progress().plan(1, SETUP);
        }
    }

    private boolean isMissing() {
        return !missing(1).isEmpty() || !missing(study.size().lossyRuns()).isEmpty();
    }

    /** What has not been measured of a round; where nothing fails, there is less to repeat. */
    private List<Case> missing(int run) {
        List<Case> cases = new ArrayList<>();
        for (int percent : PERCENTS) {
            int runs = percent == 0
                    ? Math.min(2, study.size().runs())
                    : study.size().lossyRuns();
            for (int units : study.size().units()) {
                for (String way : Ways.NAMES) {
                    Case one = new Case(way, units, percent);
                    if (run <= runs
                            && Ways.takesPart(one, study.size())
                            && !study.figures().has(PART, one.step(run))) {
                        cases.add(one);
                    }
                }
            }
        }
        return cases;
    }

    /** On two processors that do nothing else. */
    static Duration planned(Case one) {
        double each = one.way().equals(Ways.MODEL) && one.percent() == 0 ? 0.12 : 0.02;
        double start = one.way().equals(Ways.ECS) ? 7 : 1.5;
        return Duration.ofMillis((long) (1000 * (start + each * one.units())));
    }

    @Override
    public void run() throws IOException {
        if (!isMissing()) {
            return;
        }
        Path place = Files.createDirectory(study.folder().resolve("many"));
        Source source = Source.make(place.resolve("app"), FILES, BYTES);
        int most = Collections.max(study.size().units());
        try (Swarm swarm = Swarm.start(most, Files.createDirectory(place.resolve("swarm")));
                Ways ways = Ways.start(study, swarm, source, place)) {
            ways.prepare();
            study.progress().done(SETUP, "%d SSH hosts within one process".formatted(most));
            Instant until = study.repeatUntil();
            for (int run = 1; run <= study.size().lossyRuns(); run++) {
                measure(run, until, ways);
            }
        }
    }

    private void measure(int run, Instant until, Ways ways) throws IOException {
        for (Case one : missing(run)) {
            if (Study.mayRun(run, until)) {
                Trial trial = ways.deploy(one, run);
                String words =
                        "%s, %d units, %d %% fail: %s".formatted(one.way(), one.units(), one.percent(), trial.words());
                study.done(PART, one.step(run), trial.measures(), planned(one), words);
            } else {
                study.progress().leftOut(planned(one), "no time for another run: " + one.step(run));
            }
        }
    }
}
