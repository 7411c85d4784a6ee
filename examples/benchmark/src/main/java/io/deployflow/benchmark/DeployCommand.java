package io.deployflow.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The command line, run as a person runs it, and read through its JSON events.
 *
 * @param launcher {@code bin/deployflow}
 * @param deployFile the {@code deploy.yml}
 * @param environment set on top of this process's own
 * @param errors where its error output goes
 */
public record DeployCommand(Path launcher, Path deployFile, Map<String, String> environment, Path errors) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SERVING = "serving";
    private static final int LAST_LINES = 5;

    /**
     * Runs one command to its end.
     *
     * @param verb {@code deploy} or {@code rollback}
     * @param onPhase is told each phase that ended, and how long it took
     */
    public Run run(String verb, String target, BiConsumer<String, Duration> onPhase) throws IOException {
        List<String> words =
                List.of(launcher.toString(), verb, target, "--file", deployFile.toString(), "--output", "json");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process process = builder.start();
        process.getOutputStream().close();
        List<JsonNode> events = read(process, onPhase);
        int exitCode = await(process);
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        Run run = toRun(exitCode, wall, events, exitCode == 0 ? "" : lastErrors());
        ClassArchive.await(launcher);
        return run;
    }

    private static List<JsonNode> read(Process process, BiConsumer<String, Duration> onPhase) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonNode event = JSON.readTree(line);
                events.add(event);
                if (event.path("event").asText().equals("phase_finished")) {
                    onPhase.accept(
                            event.path("phase").asText(),
                            Duration.ofMillis(event.path("took_ms").asLong()));
                }
            }
        }
        return events;
    }

    private String lastErrors() throws IOException {
        List<String> lines = Files.readAllLines(errors);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    private static Run toRun(int exitCode, Duration wall, List<JsonNode> events, String error) {
        JsonNode report = events.isEmpty() ? JSON.missingNode() : events.get(events.size() - 1);
        Map<String, Duration> phases = new LinkedHashMap<>();
        for (JsonNode row : report.path("timeline")) {
            phases.merge(
                    row.path("phase").asText(),
                    Duration.ofMillis(row.path("took_ms").asLong()),
                    Duration::plus);
        }
        Duration accounted = phases.values().stream().reduce(Duration.ZERO, Duration::plus);
        phases.put("start", wall.minus(accounted));
        return new Run(
                exitCode,
                wall,
                phases,
                steps(report.path("lanes")),
                report.path("outcome").asText("none"),
                report.path("failure").path("message").asText(error));
    }

    private static Map<String, Duration> steps(JsonNode lanes) {
        Map<String, Duration> longest = new LinkedHashMap<>();
        for (JsonNode lane : lanes) {
            for (JsonNode span : lane.path("spans")) {
                String name = span.path("name").asText();
                Duration took = Duration.ofMillis(span.path("took_ms").asLong());
                if (!name.equals(SERVING)) {
                    longest.merge(name, took, (one, other) -> one.compareTo(other) > 0 ? one : other);
                }
            }
        }
        return longest;
    }

    private static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
            throw new IllegalStateException("interrupted while deploying", e);
        }
    }
}
