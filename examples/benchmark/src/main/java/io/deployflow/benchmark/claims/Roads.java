package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.ecs.Client;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * "Images take too long", "a typo fix should not build an image", and the third way: every road with every tool that
 * takes it, by turns.
 */
final class Roads implements Experiment {
    static final String PART = "roads";
    static final String SECONDS = "seconds";
    static final String EXIT = "exit code";
    static final String SERVES = "serves what it must";

    static final String CONTAINERS = "containers";
    static final String LAYERS = "containers of layers";
    static final String HOSTS = "SSH";
    static final String THIRD_WAY = "third way";
    static final List<String> NAMES = List.of(CONTAINERS, LAYERS, ByHand.NAME, HOSTS, THIRD_WAY, CapistranoRoad.NAME);

    private static final int QUESTIONS = 6;
    private static final int PATIENCE = 2;
    private static final double MILLIS = 1000;
    private static final Duration SETUP = Duration.ofSeconds(30);
    private static final double REPEATED = 0.32;
    /** Of a first look there is little else to be measured. */
    private static final double REPEATED_QUICKLY = 0.75;
    /** {@code aws ecs wait} asks each fifteen seconds. */
    private static final Duration BY_HAND = Duration.ofSeconds(16);

    /** What is done, and how long that takes by the slowest road on two processors that do nothing else. */
    enum Scenario {
        FIRST("first deploy", 9, 5),
        IMAGE("packages of the image changed", 60, 3),
        TYPO("one-word change", 9, 4),
        ROLLBACK("rollback", 8, 4),
        BROKEN("broken release", 14, 14);

        private final String title;
        private final Duration onContainers;
        private final Duration onHosts;

        Scenario(String title, int onContainers, int onHosts) {
            this.title = title;
            this.onContainers = Duration.ofSeconds(onContainers);
            this.onHosts = Duration.ofSeconds(onHosts);
        }

        String title() {
            return title;
        }

        Duration planned(String road) {
            Duration planned = isContainers(road) ? onContainers : onHosts;
            return road.equals(ByHand.NAME) ? planned.plus(BY_HAND) : planned;
        }
    }

    private final Study study;
    private final Supplier<Bed> bed;
    private final Serving serving = new Serving();

    Roads(Study study, Supplier<Bed> bed) {
        this.study = study;
        this.bed = bed;
    }

    static boolean isContainers(String road) {
        return road.equals(CONTAINERS) || road.equals(LAYERS) || road.equals(ByHand.NAME);
    }

    @Override
    public String name() {
        return "roads";
    }

    /** The name of one run. */
    static String step(Scenario scenario, String road, int run) {
        return steps(scenario, road) + "run " + run;
    }

    /** What the names of all runs of it begin with. */
    static String steps(Scenario scenario, String road) {
        return scenario.title() + " / " + road + " / ";
    }

    /** A first deploy is done once, and so is a broken release: what becomes of it is no matter of chance. */
    private int runs(Scenario scenario) {
        boolean quick = study.size().isQuick();
        return switch (scenario) {
            case FIRST, BROKEN -> 1;
            case IMAGE -> quick ? 1 : Math.min(2, study.size().runs());
            case TYPO -> study.size().runs();
            case ROLLBACK -> quick ? 0 : study.size().runs();
        };
    }

    /**
     * Hosts have no image of which packages could change; an image of layers has them below it. The first deploy of
     * what builds an image is that image with all its packages, but for a first look, which takes them from a cache.
     */
    private boolean takesPart(Scenario scenario, String road) {
        boolean quick = study.size().isQuick();
        boolean builds = road.equals(CONTAINERS) || road.equals(ByHand.NAME);
        return switch (scenario) {
            case FIRST -> !builds || (quick && road.equals(CONTAINERS));
            case IMAGE -> builds && !quick;
            case TYPO, ROLLBACK -> true;
            case BROKEN -> !quick || road.equals(CONTAINERS) || road.equals(HOSTS) || road.equals(CapistranoRoad.NAME);
        };
    }

    private boolean isMissing(Scenario scenario, String road, int run) {
        // By hand most of it is waiting: in a first look others are repeated in that time.
        boolean onlyOnce = study.size().isQuick() && road.equals(ByHand.NAME);
        return run <= (onlyOnce ? Math.min(1, runs(scenario)) : runs(scenario))
                && takesPart(scenario, road)
                && !study.figures().has(PART, step(scenario, road, run));
    }

    @Override
    public void plan() {
        List<Duration> missing = missing();
        if (!missing.isEmpty()) {
            study.progress().plan(1, SETUP);
        }
        missing.forEach(planned -> study.progress().plan(1, planned));
    }

    /** What each step takes that has not been measured. */
    private List<Duration> missing() {
        List<Duration> missing = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            for (int run = 1; run <= runs(scenario); run++) {
                for (String road : NAMES) {
                    if (isMissing(scenario, road, run)) {
                        missing.add(scenario.planned(road));
                    }
                }
            }
        }
        return missing;
    }

    @Override
    public void run() throws IOException {
        if (missing().isEmpty()) {
            return;
        }
        Bed on = bed.get();
        List<Road> roads = roads(on);
        study.progress().done(SETUP, "a service of two tasks, and hosts, run");
        for (int run = 1; run <= runs(Scenario.TYPO); run++) {
            for (Scenario scenario : List.of(Scenario.FIRST, Scenario.IMAGE, Scenario.TYPO, Scenario.BROKEN)) {
                Collections.rotate(roads, 1);
                for (Road road : roads) {
                    step(on, scenario, road, run);
                    if (scenario == Scenario.TYPO) {
                        // At once: what is to be taken back is live, and costs no deploy of its own.
                        step(on, Scenario.ROLLBACK, road, run);
                    }
                }
            }
        }
    }

    private void step(Bed on, Scenario scenario, Road road, int run) throws IOException {
        Duration planned = scenario.planned(road.name());
        double share = study.size().isQuick() ? REPEATED_QUICKLY : REPEATED;
        if (isMissing(scenario, road.name(), run) && study.mayRun(run, planned, share)) {
            measure(on, scenario, road, run);
        } else if (isMissing(scenario, road.name(), run)) {
            study.progress().leftOut(planned, "no time for another run: " + step(scenario, road.name(), run));
        }
    }

    /** In the order of the tables. */
    static List<Road> roads(Bed bed) {
        return new ArrayList<>(List.of(
                new OwnRoad(bed, CONTAINERS, "containers", bed.loadBalancer()),
                new OwnRoad(bed, LAYERS, "layers", bed.loadBalancer()),
                new ByHand(bed),
                new OwnRoad(bed, HOSTS, "hosts", Bed.addresses(bed.hosts())),
                new OwnRoad(
                        bed, THIRD_WAY, "third-way", Bed.addresses(bed.third().sshHosts())),
                new CapistranoRoad(bed)));
    }

    private void measure(Bed on, Scenario scenario, Road road, int run) throws IOException {
        String step = step(scenario, road.name(), run);
        if (scenario == Scenario.ROLLBACK) {
            takeBack(on, road, run);
            return;
        }
        String next = "Hello from " + step;
        if (needsOneBefore(scenario, road)) {
            deployUnmeasured(on, road, "Hello before " + step);
        }
        change(on, scenario, next);
        Road.Took took = road.deploy();
        boolean broken = scenario == Scenario.BROKEN;
        boolean serves = serves(road.addresses(), broken ? serving.live(road) : next);
        note(scenario, road, run, took, serves);
        if (took.exitCode() == 0 && serves != broken) {
            serving.deployed(road, next);
        }
        if (broken) {
            on.application().change("health.txt", "ok");
        }
        if (!serves) {
            deployUnmeasured(on, road, "Hello again after " + step);
        }
    }

    /** Something to differ from that this very tool has deployed here; by hand the engine's cache is all there is. */
    private boolean needsOneBefore(Scenario scenario, Road road) {
        boolean byHand = road.name().equals(ByHand.NAME);
        return switch (scenario) {
            case FIRST, IMAGE, ROLLBACK -> false;
            case TYPO -> !byHand && !serving.knows(road);
            case BROKEN -> byHand ? serving.live(road).isEmpty() : !serving.knows(road);
        };
    }

    private void takeBack(Bed on, Road road, int run) throws IOException {
        String step = step(Scenario.ROLLBACK, road.name(), run);
        for (int number = 1; !serving.canGoBack(road); number++) {
            deployUnmeasured(on, road, "Hello number " + number + " before " + step);
        }
        Road.Took took = road.rollback();
        boolean serves = serves(road.addresses(), serving.before(road));
        note(Scenario.ROLLBACK, road, run, took, serves);
        if (serves) {
            serving.wentBack(road);
        } else {
            deployUnmeasured(on, road, "Hello again after " + step);
        }
    }

    private void deployUnmeasured(Bed on, Road road, String greeting) throws IOException {
        on.application().greet(greeting);
        Road.Took took = road.deploy();
        for (int again = 0; took.exitCode() != 0 && again < PATIENCE; again++) {
            // Not measured, so it does no harm; and what is measured next needs it.
            took = road.deploy();
        }
        if (took.exitCode() != 0) {
            throw new IllegalStateException(road.name() + " ended with " + took.exitCode() + ": " + took.words());
        }
        serving.deployed(road, greeting);
    }

    private void change(Bed on, Scenario scenario, String greeting) {
        if (scenario == Scenario.IMAGE) {
            // As on a machine that has built nothing yet: no layer of it is in the engine's cache, of an earlier run
            // neither.
            on.application().packagesAgain(greeting + " in " + study.folder().getFileName());
        }
        if (scenario == Scenario.BROKEN) {
            on.application().change("health.txt", "prices are missing");
        }
        on.application().greet(greeting);
    }

    private static boolean serves(List<URI> addresses, String greeting) throws IOException {
        for (int question = 0; question < QUESTIONS; question++) {
            for (URI address : addresses) {
                if (!Client.ask(address.resolve("/")).strip().equals(greeting)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void note(Scenario scenario, Road road, int run, Road.Took took, boolean serves) throws IOException {
        if (!serves || (took.exitCode() != 0 && scenario != Scenario.BROKEN)) {
            study.keepWords(step(scenario, road.name(), run), took.words());
        }
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put(SECONDS, took.wall().toMillis() / MILLIS);
        measures.put(EXIT, (double) took.exitCode());
        measures.put(SERVES, serves ? 1.0 : 0);
        took.phases().forEach((phase, time) -> measures.merge(phase, time.toMillis() / MILLIS, Double::sum));
        study.done(
                PART,
                step(scenario, road.name(), run),
                measures,
                scenario.planned(road.name()),
                String.format(
                        Locale.ROOT,
                        "%s, %s: %.1f s, exit code %d, %s%s",
                        scenario.title(),
                        road.name(),
                        took.wall().toMillis() / MILLIS,
                        took.exitCode(),
                        serves ? "serves what it must" : "DOES NOT SERVE WHAT IT MUST",
                        took.exitCode() == 0
                                ? ""
                                : ": " + took.words().lines().findFirst().orElse("")));
    }
}
