package io.deployflow.benchmark.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deployflow.benchmark.DemoApplication;
import io.deployflow.benchmark.Figures;
import io.deployflow.benchmark.Progress;
import io.deployflow.sandbox.simulated.SimulatedClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first look at every road, with tools that come to grief. */
class RoadsTest {
    private static final URI OURS = URI.create("http://ours/");
    private static final URI PEER = URI.create("http://peer/");

    @TempDir
    private Path root;

    private final SimulatedClock clock = new SimulatedClock(Instant.EPOCH);
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final Map<URI, String> served = new HashMap<>();

    private DemoApplication application;
    private Figures figures;

    @BeforeEach
    void make() throws IOException {
        Path source = Files.createDirectories(root.resolve("source"));
        Files.writeString(source.resolve("health.txt"), "ok\n");
        application = DemoApplication.copyOf(source, root.resolve("shop"));
        Files.createDirectories(root.resolve("examples/benchmark/target"));
        figures = Figures.resume(root.resolve("figures.csv"), "a test");
    }

    /** What a tool does with a release that says it is not healthy. */
    private enum Manner {
        /** Leaves what served before. */
        REFUSES,
        /** Leaves nothing that answers; the next deploy mends that. */
        LEAVES_NOTHING,
        /** The same, and no deploy succeeds from then on. */
        NEVER_RECOVERS
    }

    private final class Tool implements Road {
        private final String name;
        private final URI address;
        private final Manner manner;
        private String before = "";
        private boolean dead;

        Tool(String name, URI address, Manner manner) {
            this.name = name;
            this.address = address;
            this.manner = manner;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<URI> addresses() {
            return List.of(address);
        }

        @Override
        public Took deploy() throws IOException {
            Path directory = application.directory();
            boolean healthy = Files.readString(directory.resolve("health.txt")).equals("ok\n");
            if (dead || (!healthy && manner == Manner.REFUSES)) {
                return took(5);
            }
            if (!healthy) {
                served.remove(address);
                dead = manner == Manner.NEVER_RECOVERS;
                return took(0);
            }
            before = served.getOrDefault(address, "");
            served.put(address, Files.readString(directory.resolve("greeting.txt")));
            return took(0);
        }

        @Override
        public Took rollback() {
            served.put(address, before);
            return took(0);
        }

        private Took took(int exitCode) {
            return new Took(exitCode, Duration.ofSeconds(3), Map.of(), "words of " + name);
        }
    }

    private String answer(URI address) throws IOException {
        String answer = served.get(address.resolve("/"));
        if (answer == null) {
            throw new IOException("connection refused: " + address);
        }
        return answer;
    }

    private Roads roads(Manner peer) {
        Study study = Study.begin(
                root,
                root,
                figures,
                new Progress(new PrintStream(told, true, StandardCharsets.UTF_8), clock),
                Size.QUICK,
                clock);
        Place place = new Place(
                application,
                List.of(new Tool(CapistranoRoad.NAME, PEER, peer), new Tool(Roads.HOSTS, OURS, Manner.REFUSES)));
        return new Roads(study, () -> place, this::answer);
    }

    private double served(Scenario scenario, String road, int run) {
        return figures.one(Roads.PART, Roads.step(scenario, road, run), Roads.SERVES)
                .orElseThrow();
    }

    @Test
    void run_whereAPeerLeavesNothingThatAnswers_showsThatAndMeasuresAllElse() throws IOException {
        roads(Manner.LEAVES_NOTHING).run();

        assertThat(served(Scenario.BROKEN, CapistranoRoad.NAME, 1)).isEqualTo(Served.NOTHING.figure());
        assertThat(served(Scenario.TYPO, CapistranoRoad.NAME, 2)).isEqualTo(Served.WHAT_IT_MUST.figure());
        assertThat(served(Scenario.BROKEN, Roads.HOSTS, 1)).isEqualTo(Served.WHAT_IT_MUST.figure());
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("SERVES NOTHING, OR AN ERROR");
    }

    @Test
    void run_whereAPeerCannotBeRepaired_keepsItsFailureAndMeasuresTheOthers() {
        Roads roads = roads(Manner.NEVER_RECOVERS);

        assertThatThrownBy(roads::run).hasMessageContaining(CapistranoRoad.NAME + " ended with 5: words of");

        assertThat(served(Scenario.BROKEN, CapistranoRoad.NAME, 1)).isEqualTo(Served.NOTHING.figure());
        assertThat(figures.has(Roads.PART, Roads.step(Scenario.TYPO, CapistranoRoad.NAME, 2)))
                .isFalse();
        assertThat(served(Scenario.TYPO, Roads.HOSTS, 2)).isEqualTo(Served.WHAT_IT_MUST.figure());
        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains("IT DOES NOT SERVE ANY MORE: " + Roads.step(Scenario.TYPO, CapistranoRoad.NAME, 2));
    }
}
