package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.ecs.Client;
import java.io.IOException;
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

    private static final int PATIENCE = 2;
    private static final double MILLIS = 1000;
    private static final Duration SETUP = Duration.ofSeconds(30);
    private static final double REPEATED = 0.32;
    /** Of a first look there is little else to be measured. */
    private static final double REPEATED_QUICKLY = 0.7;

    private final Study study;
    private final Supplier<Place> place;
    private final Served.Question question;
    private final Serving serving = new Serving();
    private final Map<String, String> lost = new LinkedHashMap<>();

    Roads(Study study, Supplier<Bed> bed) {
        this(study, () -> Place.of(bed.get()), Client::ask);
    }

    Roads(Study study, Supplier<Place> place, Served.Question question) {
        this.study = study;
        this.place = place;
        this.question = question;
    }

    /** A road does not come to serve again, by its own tool: nothing more of it can be measured. */
    private static final class LostException extends Exception {
        private static final long serialVersionUID = 1L;

        LostException(String message) {
            super(message);
        }
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
        Place on = place.get();
        List<Road> roads = on.roads();
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
        if (!lost.isEmpty()) {
            throw new IllegalStateException("some roads could not be measured to their end: " + lost.values());
        }
    }

    private void step(Place on, Scenario scenario, Road road, int run) throws IOException {
        Duration planned = scenario.planned(road.name());
        double share = study.size().isQuick() ? REPEATED_QUICKLY : REPEATED;
        boolean wanted = isMissing(scenario, road.name(), run);
        if (wanted && lost.containsKey(road.name())) {
            study.progress().leftOut(planned, "IT DOES NOT SERVE ANY MORE: " + step(scenario, road.name(), run));
        } else if (wanted && study.mayRun(run, planned, share)) {
            measureOrLose(on, scenario, road, run);
        } else if (wanted) {
            study.progress().leftOut(planned, "no time for another run: " + step(scenario, road.name(), run));
        }
    }

    /** What one road comes to grief over must not cost the others; what was measured of it is noted by then. */
    private void measureOrLose(Place on, Scenario scenario, Road road, int run) throws IOException {
        try {
            measure(on, scenario, road, run);
        } catch (LostException e) {
            String why = String.valueOf(e.getMessage());
            lost.put(road.name(), why);
            serving.lost(road);
            if (isMissing(scenario, road.name(), run)) {
                study.progress().leftOut(scenario.planned(road.name()), why);
            }
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

    private void measure(Place on, Scenario scenario, Road road, int run) throws IOException, LostException {
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
        Served served = Served.of(road.addresses(), broken ? serving.live(road) : next, question);
        note(scenario, road, run, took, served);
        if (took.exitCode() == 0 && (served == Served.WHAT_IT_MUST) != broken) {
            serving.deployed(road, next);
        }
        if (broken) {
            on.application().change("health.txt", "ok");
        }
        if (served != Served.WHAT_IT_MUST) {
            deployUnmeasured(on, road, "Hello again after " + step);
        }
    }

    /** Something to differ from that this very tool has deployed here; by hand the engine's cache is all there is. */
    private boolean needsOneBefore(Scenario scenario, Road road) {
        boolean byHand = road.name().equals(ByHand.NAME);
        return switch (scenario) {
            case FIRST, IMAGE, ROLLBACK -> false;
            case TYPO -> !byHand && !serving.knows(road);
            case BROKEN -> serving.live(road).isEmpty() || (!byHand && !serving.knows(road));
        };
    }

    private void takeBack(Place on, Road road, int run) throws IOException, LostException {
        String step = step(Scenario.ROLLBACK, road.name(), run);
        for (int number = 1; !serving.canGoBack(road); number++) {
            deployUnmeasured(on, road, "Hello number " + number + " before " + step);
        }
        Road.Took took = road.rollback();
        Served served = Served.of(road.addresses(), serving.before(road), question);
        note(Scenario.ROLLBACK, road, run, took, served);
        if (served == Served.WHAT_IT_MUST) {
            serving.wentBack(road);
        } else {
            deployUnmeasured(on, road, "Hello again after " + step);
        }
    }

    private void deployUnmeasured(Place on, Road road, String greeting) throws IOException, LostException {
        on.application().greet(greeting);
        Road.Took took = road.deploy();
        for (int again = 0; took.exitCode() != 0 && again < PATIENCE; again++) {
            // Not measured, so it does no harm; and what is measured next needs it.
            took = road.deploy();
        }
        if (took.exitCode() != 0) {
            throw new LostException(road.name() + " ended with " + took.exitCode() + ": " + took.words());
        }
        serving.deployed(road, greeting);
    }

    private void change(Place on, Scenario scenario, String greeting) {
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

    private void note(Scenario scenario, Road road, int run, Road.Took took, Served served) throws IOException {
        if (served != Served.WHAT_IT_MUST || (took.exitCode() != 0 && scenario != Scenario.BROKEN)) {
            study.keepWords(step(scenario, road.name(), run), took.words());
        }
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put(SECONDS, took.wall().toMillis() / MILLIS);
        measures.put(EXIT, (double) took.exitCode());
        measures.put(SERVES, served.figure());
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
                        served.words(),
                        took.exitCode() == 0
                                ? ""
                                : ": " + took.words().lines().findFirst().orElse("")));
    }
}
