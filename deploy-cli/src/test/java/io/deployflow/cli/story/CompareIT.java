package io.deployflow.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Both roads compared for real: a service and two hosts, asked by visitors all along. */
class CompareIT {
    private static final double NOTHING_UNACCOUNTED = 0.01;

    private static Stage stage;

    @BeforeAll
    static void open() {
        stage = Stage.ofBothRoads();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    private static CliRun compare(Path folder, List<String> words) {
        List<String> all = new ArrayList<>(List.of("compare", Stage.CONTAINERS, Stage.HOSTS, "--yes"));
        all.addAll(words);
        Map<String, String> environment = new HashMap<>(stage.environment());
        // What it leaves there is its own.
        environment.put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder.resolve("tmp"));
        return CliProcess.start(folder, environment, all).join();
    }

    private static Path folder() throws IOException {
        Path folder = stage.folder();
        Files.createDirectory(folder.resolve("tmp"));
        return folder;
    }

    private static List<String> client(String target) {
        return stage.addresses(target).stream()
                .map(URI::toString)
                .flatMap(address -> List.of("--client", target + "=" + address).stream())
                .toList();
    }

    @Test
    void compare_ofBothRoads_servesTheChangeOnEach_andReportsAllOfTheTime() throws IOException {
        stage.source().greet("hello");
        Path folder = folder();
        List<String> words = new ArrayList<>(List.of("--file", deployFile(folder, stage.deployFileText())));
        words.addAll(List.of("--scenarios", "change", "--runs", "1", "--warm-ups", "0"));
        words.addAll(List.of("--edit", "change=echo hallo > greeting.txt"));
        words.addAll(client(Stage.CONTAINERS));
        words.addAll(client(Stage.HOSTS));
        String before = Visitor.ask(stage.addresses(Stage.CONTAINERS).get(0));
        try (Visitor ofContainers = Visitor.of(stage.addresses(Stage.CONTAINERS));
                Visitor ofHosts = Visitor.of(stage.addresses(Stage.HOSTS))) {
            compare(folder, words).exits(0);

            assertThat(ofContainers.answers()).contains("hello", "hallo");
            assertThat(ofHosts.answers()).contains("hello", "hallo");
        }
        // What was there is put back; where nothing was, it is the source as it is.
        assertThat(Visitor.ask(stage.addresses(Stage.CONTAINERS).get(0))).isEqualTo(before);
        for (URI address : stage.addresses(Stage.HOSTS)) {
            assertThat(Visitor.ask(address)).isEqualTo("hello");
        }
        assertThat(Files.readString(folder.resolve("comparison.html"))).contains("one-word change", "</html>");
        assertThat(Files.readString(folder.resolve("comparison.md"))).contains("one-word change");
        JsonNode data =
                new ObjectMapper().readTree(folder.resolve("comparison.json").toFile());
        assertThat(data.path("runs")).hasSize(2).allSatisfy(run -> {
            assertThat(run.path("end").asText()).isEqualTo("deployed");
            assertThat(run.path("as_expected").asBoolean()).isTrue();
            assertThat(run.path("failed_requests").asInt()).isZero();
            assertThat(run.at("/lanes/unit")).isNotEmpty();
        });
        assertThat(unaccounted(data.path("runs"))).isLessThan(NOTHING_UNACCOUNTED);
        assertThat(folder.resolve("tmp")).as("copies of the source").isEmptyDirectory();
    }

    /** The share of all runs' time that no phase has. */
    private static double unaccounted(JsonNode runs) {
        double walls = 0;
        double phases = 0;
        for (JsonNode run : runs) {
            walls += run.path("wall_ms").asDouble();
            for (JsonNode row : run.path("rows")) {
                phases += row.path("took_ms").asDouble();
            }
        }
        assertThat(phases).isPositive();
        return Math.abs(walls - phases) / walls;
    }

    private static String deployFile(Path folder, String text) throws IOException {
        return Files.writeString(folder.resolve("deploy.yml"), text).toString();
    }
}
