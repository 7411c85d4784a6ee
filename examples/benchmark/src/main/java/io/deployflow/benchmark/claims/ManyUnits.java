package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.Source;
import io.deployflow.benchmark.ssh.Swarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * "SSH gets unreliable as targets grow": how many deploys to more and more units succeed, and what they leave, where a
 * connect or a start fails by chance.
 */
final class ManyUnits implements Experiment {
    static final String PART = "many units";
    private static final double REPEATED = 0.95;
    private static final int FILES = 20;
    private static final int BYTES = 1000;
    private static final Duration SETUP = Duration.ofSeconds(20);
    private static final Duration SETUP_A_HOST = Duration.ofMillis(250);

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
            study.progress().plan(1, setup());
        }
    }

    private boolean isMissing() {
        return IntStream.rangeClosed(1, study.size().lossyRuns())
                .anyMatch(run -> !missing(run).isEmpty());
    }

    private Duration setup() {
        return SETUP.plus(SETUP_A_HOST.multipliedBy(study.size().mostUnits()));
    }

    /** What has not been measured of a round, what takes long last. */
    private List<Case> missing(int run) {
        List<Case> cases = new ArrayList<>();
        for (int units : study.size().units()) {
            for (int percent : study.size().percents()) {
                for (String way : Ways.NAMES) {
                    Case one = new Case(way, units, percent);
                    if (run <= Ways.runs(one, study.size()) && !study.figures().has(PART, one.step(run))) {
                        cases.add(one);
                    }
                }
            }
        }
        return cases;
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

    @Override
    public void run() throws IOException {
        if (!isMissing()) {
            return;
        }
        Path place = Files.createDirectory(study.folder().resolve("many"));
        Source source = Source.make(place.resolve("app"), FILES, BYTES);
        int most = study.size().mostUnits();
        try (Swarm swarm = Swarm.start(most, Files.createDirectory(place.resolve("swarm")));
                Ways ways = Ways.start(study, swarm, source, place)) {
            ways.prepare();
            study.progress().done(setup(), "%d SSH hosts within one process".formatted(most));
            for (int run = 1; run <= study.size().lossyRuns(); run++) {
                measure(run, ways);
            }
        }
    }

    private void measure(int run, Ways ways) throws IOException {
        for (Case one : missing(run)) {
            if (study.mayRun(run, planned(one), REPEATED)) {
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
