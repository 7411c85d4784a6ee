package io.deployflow.benchmark.claims;

import io.deployflow.CancellationToken;
import io.deployflow.benchmark.Timed;
import io.deployflow.benchmark.ecs.Client;
import io.deployflow.spi.Poller;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** "Upgrading the language runtime is easier with containers": another Ruby, there and back, while clients ask. */
final class NewRuby implements Experiment {
    static final String PART = "new ruby";
    static final String THERE = "there";
    static final String BACK = "back";
    static final String SECONDS = "seconds";
    static final String SUCCEEDED = "succeeded";
    static final String FAILED = "failed requests";
    static final String REQUESTS = "requests";
    /** What Ruby is there afterwards: 3.3 as a number. */
    static final String VERSION = "ruby";

    private static final Duration EACH = Duration.ofSeconds(35);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final double MILLIS = 1000;

    private final Study study;
    private final Supplier<Bed> bed;

    NewRuby(Study study, Supplier<Bed> bed) {
        this.study = study;
        this.bed = bed;
    }

    @Override
    public String name() {
        return "ruby";
    }

    static String step(String road, String way) {
        return road + " / " + way;
    }

    private boolean isMissing(String road, String way) {
        return !study.figures().has(PART, step(road, way));
    }

    @Override
    public void plan() {
        for (String road : List.of(Roads.CONTAINERS, Roads.HOSTS, Roads.THIRD_WAY)) {
            for (String way : List.of(THERE, BACK)) {
                if (isMissing(road, way)) {
                    study.progress().plan(1, EACH);
                }
            }
        }
    }

    @Override
    public void run() throws IOException {
        if (List.of(Roads.CONTAINERS, Roads.HOSTS, Roads.THIRD_WAY).stream().noneMatch(road -> isMissing(road, BACK))) {
            return;
        }
        Bed on = bed.get();
        Upgrade.ensureBase(on);
        on.application().addRubyPage();
        for (Road road : Roads.roads(on)) {
            if (isMissing(road.name(), BACK)
                    && road instanceof OwnRoad
                    && !road.name().equals(Roads.LAYERS)) {
                road.deploy();
                Upgrade upgrade = Upgrade.all(on, study.root().resolve("examples/sandbox")).stream()
                        .filter(one -> one.road().equals(road.name()))
                        .findFirst()
                        .orElseThrow();
                if (isMissing(road.name(), THERE)) {
                    measure(on, road, THERE, upgrade.doing());
                } else {
                    // It was interrupted between the two: everything begins with the old Ruby again.
                    Bed.require(on.sh(upgrade.doing()));
                }
                measure(on, road, BACK, upgrade.undoing());
            }
        }
    }

    private void measure(Bed on, Road road, String way, String script) throws IOException {
        List<Client> clients = road.addresses().stream()
                .map(address -> Client.start(address.resolve("/")))
                .toList();
        String before = version(road.addresses().get(0));
        Instant begin = Instant.now();
        Timed run = on.sh(script);
        boolean changed = run.status() == 0 && awaitOther(road.addresses(), before);
        Duration wall = Duration.between(begin, Instant.now());
        clients.forEach(Client::close);
        Client.Count count = clients.stream().map(Client::count).reduce(new Client.Count(0, 0, ""), Client.Count::plus);
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put(SECONDS, wall.toMillis() / MILLIS);
        measures.put(SUCCEEDED, changed ? 1.0 : 0);
        measures.put(REQUESTS, (double) count.requests());
        measures.put(FAILED, (double) count.failed());
        measures.put(VERSION, Double.parseDouble("0" + version(road.addresses().get(0))));
        study.done(
                PART,
                step(road.name(), way),
                measures,
                EACH,
                String.format(
                        Locale.ROOT,
                        "another Ruby %s, %s: %.1f s, %d of %d requests failed, Ruby %s%s",
                        way,
                        road.name(),
                        wall.toMillis() / MILLIS,
                        count.failed(),
                        count.requests(),
                        version(road.addresses().get(0)),
                        changed ? "" : "; IT FAILED: " + LastLines.of(run.output())));
    }

    private static boolean awaitOther(List<URI> addresses, String before) {
        return Poller.every(PAUSE)
                .ask(
                        PATIENCE,
                        CancellationToken.create(),
                        () -> Optional.of(true)
                                .filter(yes -> addresses.stream()
                                        .map(NewRuby::version)
                                        .noneMatch(version -> version.isEmpty() || version.equals(before))))
                .isPresent();
    }

    /** Major and minor number; empty where nothing answers. */
    private static String version(URI address) {
        try {
            return Client.ask(address.resolve("/ruby")).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
