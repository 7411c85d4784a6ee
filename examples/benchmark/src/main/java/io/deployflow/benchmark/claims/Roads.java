package io.deployflow.benchmark.claims;

import io.deployflow.benchmark.ecs.Client;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
    private static final double MILLIS = 1000;
    private static final Duration SETUP = Duration.ofSeconds(30);

    /** What is done, and how long that takes by the slowest road on two processors that do nothing else. */
    enum Scenario {
        FIRST("first deploy", 9, 5),
        IMAGE("packages of the image changed", 30, 3),
        TYPO("one-word change", 8, 4),
        ROLLBACK("rollback", 7, 4),
        BROKEN("broken release", 20, 12);

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
            return isContainers(road) ? onContainers : onHosts;
        }
    }

    private final Study study;
    private final Supplier<Bed> bed;
    // By address: what was deployed last to where it leads, and is served there if all went well.
    private final Map<List<URI>, String> live = new HashMap<>();
    private final Set<String> deployed = new HashSet<>();

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

    /** A first deploy is done once; an image is built anew as rarely as a broken release is deployed. */
    private int runs(Scenario scenario) {
        if (study.size().isQuick()) {
            return scenario == Scenario.IMAGE || scenario == Scenario.ROLLBACK ? 0 : 1;
        }
        return switch (scenario) {
            case FIRST -> 1;
            case IMAGE, BROKEN -> Math.min(2, study.size().runs());
            case TYPO, ROLLBACK -> study.size().runs();
        };
    }

    /** Hosts have no image of which packages could change; an image of layers has them below it. */
    private boolean takesPart(Scenario scenario, String road) {
        return switch (scenario) {
            case IMAGE -> road.equals(CONTAINERS) || road.equals(ByHand.NAME);
            case BROKEN -> !study.size().isQuick() || !(road.equals(LAYERS) || road.equals(THIRD_WAY));
            default -> true;
        };
    }

    private boolean isMissing(Scenario scenario, String road, int run) {
        return run <= runs(scenario)
                && takesPart(scenario, road)
                && !study.figures().has(PART, step(scenario, road, run));
    }

    @Override
    public void plan() {
        int steps = 0;
        for (Scenario scenario : Scenario.values()) {
            for (int run = 1; run <= runs(scenario); run++) {
                for (String road : NAMES) {
                    if (isMissing(scenario, road, run)) {
                        study.progress().plan(1, scenario.planned(road));
                        steps++;
                    }
                }
            }
        }
        if (steps > 0) {
            study.progress().plan(1, SETUP);
        }
    }

    private boolean isMissing() {
        return NAMES.stream()
                .anyMatch(road -> List.of(Scenario.values()).stream()
                        .anyMatch(
                                scenario -> isMissing(scenario, road, 1) || isMissing(scenario, road, runs(scenario))));
    }

    @Override
    public void run() throws IOException {
        if (!isMissing()) {
            return;
        }
        Bed on = bed.get();
        List<Road> roads = roads(on);
        study.progress().done(SETUP, "a service of two tasks, and hosts, run");
        Instant until = study.repeatUntil();
        for (int run = 1; run <= runs(Scenario.TYPO); run++) {
            for (Scenario scenario : Scenario.values()) {
                Collections.rotate(roads, 1);
                for (Road road : roads) {
                    if (isMissing(scenario, road.name(), run) && Study.mayRun(run, until)) {
                        measure(on, scenario, road, run);
                    } else if (isMissing(scenario, road.name(), run)) {
                        study.progress()
                                .leftOut(
                                        scenario.planned(road.name()),
                                        "no time for another run: " + step(scenario, road.name(), run));
                    }
                }
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

    private void measure(Bed on, Scenario scenario, Road road, int run) throws IOException {
        String step = step(scenario, road.name(), run);
        String next = "Hello from " + step;
        if (scenario == Scenario.ROLLBACK || (scenario != Scenario.FIRST && !deployed.contains(road.name()))) {
            // Something to go back to, or to differ from, that this very tool has deployed here.
            deployUnmeasured(on, road, "Hello before " + step);
        }
        change(on, scenario, next);
        if (scenario == Scenario.ROLLBACK) {
            require(road, road.deploy());
        }
        Road.Took took = scenario == Scenario.ROLLBACK ? road.rollback() : road.deploy();
        boolean old = scenario == Scenario.ROLLBACK || scenario == Scenario.BROKEN;
        String wanted = old ? live.getOrDefault(road.addresses(), "") : next;
        boolean serves = serves(road.addresses(), wanted);
        note(scenario, road, run, took, serves);
        live.put(road.addresses(), wanted);
        deployed.add(road.name());
        if (scenario == Scenario.BROKEN) {
            on.application().change("health.txt", "ok");
        }
        if (!serves) {
            deployUnmeasured(on, road, "Hello again after " + step);
        }
    }

    private void deployUnmeasured(Bed on, Road road, String greeting) throws IOException {
        on.application().greet(greeting);
        require(road, road.deploy());
        live.put(road.addresses(), greeting);
        deployed.add(road.name());
    }

    private static void change(Bed on, Scenario scenario, String greeting) {
        if (scenario == Scenario.IMAGE) {
            // As on a machine that has built nothing yet: no layer of it is in the engine's cache.
            on.application().packagesAgain(greeting);
        }
        if (scenario == Scenario.BROKEN) {
            on.application().change("health.txt", "prices are missing");
        }
        on.application().greet(greeting);
    }

    private static void require(Road road, Road.Took took) {
        if (took.exitCode() != 0) {
            throw new IllegalStateException(road.name() + " ended with " + took.exitCode() + ": " + took.words());
        }
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

    private void note(Scenario scenario, Road road, int run, Road.Took took, boolean serves) {
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
