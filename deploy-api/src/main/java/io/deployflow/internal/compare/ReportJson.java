package io.deployflow.internal.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.ConfigurationException;
import io.deployflow.compare.ComparisonReport;
import io.deployflow.compare.ComparisonReport.End;
import io.deployflow.compare.ComparisonReport.Environment;
import io.deployflow.compare.ComparisonReport.Omission;
import io.deployflow.compare.ComparisonReport.Place;
import io.deployflow.compare.ComparisonReport.Row;
import io.deployflow.compare.ComparisonReport.Run;
import io.deployflow.compare.ComparisonReport.Visits;
import io.deployflow.compare.Scenario;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A report as JSON, and back. The names of the fields are a promise: see {@code docs/compare.md}. */
public final class ReportJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FORMAT = "deployflow-comparison";
    private static final int VERSION = 1;
    private static final double NANOS_A_MILLI = 1e6;
    private static final double THOUSANDTHS = 1000.0;
    private static final double HUNDREDTHS_OF_A_PERCENT = 10_000.0;

    private ReportJson() {}

    /** Its text. */
    public static String write(ComparisonReport report) {
        return document(report).toString();
    }

    /**
     * Reads what was written.
     *
     * @throws ConfigurationException if it is something else
     */
    public static ComparisonReport read(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            if (!json.path("format").asText().equals(FORMAT)
                    || json.path("version").asInt() != VERSION) {
                throw unreadable(null);
            }
            return report(json);
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw unreadable(e);
        }
    }

    private static ConfigurationException unreadable(@Nullable Exception cause) {
        return new ConfigurationException(
                "this is not the data of a comparison, or that of another version",
                "Name a file that 'compare' has written as JSON.",
                null,
                cause);
    }

    private static ObjectNode document(ComparisonReport report) {
        Dictionary units = new Dictionary();
        Dictionary steps = new Dictionary();
        Dictionary releases = new Dictionary();
        List<String> places = report.places().stream().map(Place::name).toList();
        ArrayNode runs = JSON.arrayNode();
        for (Run run : report.runs()) {
            runs.add(run(run, places, report.scenarios()).set("lanes", LaneColumns.write(run, units, steps, releases)));
        }
        ObjectNode json = JSON.objectNode()
                .put("format", FORMAT)
                .put("version", VERSION)
                .put("application", report.application())
                .put("begun_at", report.begun().toString())
                .put("took_ms", millis(report.took()))
                .put("asked", report.asked())
                .put("warm_ups", report.warmUps())
                .put("cut_short", report.cutShort());
        json.putObject("environment")
                .put("machine", report.environment().machine())
                .put("java", report.environment().java())
                .put("tool", report.environment().tool())
                .put("note", report.environment().note());
        json.set("targets", array(report.places(), ReportJson::place));
        json.set("scenarios", array(report.scenarios(), scenario -> scenario(scenario, report)));
        json.set("omissions", array(report.omissions(), ReportJson::omission));
        json.set("units", units.json());
        json.set("steps", steps.json());
        json.set("releases", releases.json());
        json.set("runs", runs);
        return json;
    }

    private static <T> ArrayNode array(List<T> values, Function<T, ObjectNode> toJson) {
        return JSON.arrayNode().addAll(values.stream().map(toJson).toList());
    }

    private static ObjectNode place(Place place) {
        ObjectNode json = JSON.objectNode()
                .put("name", place.name())
                .put("type", place.type())
                .put("units", place.units())
                .put("served", place.served());
        place.parallel().ifPresent(atATime -> json.put("parallel", atATime));
        ArrayNode addresses = json.putArray("addresses");
        place.addresses().forEach(addresses::add);
        return json;
    }

    private static ObjectNode scenario(Scenario scenario, ComparisonReport report) {
        return JSON.objectNode()
                .put("name", scenario.word())
                .put("title", scenario.title())
                .put("meaning", scenario.meaning())
                .put("must_fail", scenario.mustFail())
                .put("unaccounted_share", unaccountedShare(scenario, report));
    }

    private static ObjectNode omission(Omission omission) {
        return JSON.objectNode()
                .put("target", omission.place())
                .put("scenario", omission.scenario().word())
                .put("reason", omission.reason());
    }

    private static ObjectNode run(Run run, List<String> places, List<Scenario> scenarios) {
        ObjectNode json = JSON.objectNode()
                .put("target", places.indexOf(run.place()))
                .put("scenario", scenarios.indexOf(run.scenario()))
                .put("number", run.number())
                .put("begun_at", run.begun().toString())
                .put("wall_ms", millis(run.wall()))
                .put("end", run.end().name().toLowerCase(Locale.ROOT))
                .put("as_expected", run.isAsExpected())
                .put("failure", run.failure())
                .put("measuring_ms", millis(run.measuring()))
                .put("requests", run.visits().requests())
                .put("failed_requests", run.visits().failed())
                .put("first_failed_request", run.visits().firstFailure());
        json.set("rows", array(run.rows(), ReportJson::row));
        return json;
    }

    private static ObjectNode row(Row row) {
        return JSON.objectNode()
                .put("name", row.name())
                .put("start_ms", millis(row.start()))
                .put("took_ms", millis(row.took()))
                .put("succeeded", row.succeeded())
                .put("bytes", row.bytes())
                .put("calls", row.calls());
    }

    /** With three digits: what is shorter than a microsecond nobody can tell. */
    private static double millis(Duration time) {
        return Math.round(time.toNanos() / NANOS_A_MILLI * THOUSANDTHS) / THOUSANDTHS;
    }

    /** Of the times as they are written, so that whoever adds those up comes to the same; with four digits. */
    private static double unaccountedShare(Scenario scenario, ComparisonReport report) {
        double most = report.runs().stream()
                .filter(run -> run.scenario() == scenario && !run.wall().isZero())
                .mapToDouble(ReportJson::unaccountedShare)
                .max()
                .orElse(0);
        return Math.round(most * HUNDREDTHS_OF_A_PERCENT) / HUNDREDTHS_OF_A_PERCENT;
    }

    private static double unaccountedShare(Run run) {
        double wall = millis(run.wall());
        double rows = run.rows().stream().mapToDouble(row -> millis(row.took())).sum();
        return wall == 0 ? 0 : Math.abs(wall - rows) / wall;
    }

    private static Duration time(JsonNode millis) {
        return Duration.ofNanos(Math.round(millis.asDouble() * NANOS_A_MILLI));
    }

    private static ComparisonReport report(JsonNode json) {
        List<Place> places = list(
                json.path("targets"),
                place -> new Place(
                        place.path("name").asText(),
                        place.path("type").asText(),
                        place.path("units").asInt(),
                        place.path("served").asText(),
                        list(place.path("addresses"), JsonNode::asText),
                        Optional.of(place.path("parallel"))
                                .filter(atATime -> !atATime.isMissingNode())
                                .map(JsonNode::asInt)));
        List<Scenario> scenarios = list(json.path("scenarios"), scenario -> scenario(scenario.path("name")));
        JsonNode environment = json.path("environment");
        return new ComparisonReport(
                json.path("application").asText(),
                Instant.parse(json.path("begun_at").asText()),
                time(json.path("took_ms")),
                json.path("asked").asInt(),
                json.path("warm_ups").asInt(),
                new Environment(
                        environment.path("machine").asText(),
                        environment.path("java").asText(),
                        environment.path("tool").asText(),
                        environment.path("note").asText()),
                places,
                scenarios,
                list(
                        json.path("omissions"),
                        omission -> new Omission(
                                omission.path("target").asText(),
                                scenario(omission.path("scenario")),
                                omission.path("reason").asText())),
                list(json.path("runs"), run -> run(run, json, places, scenarios)),
                json.path("cut_short").asText());
    }

    private static Scenario scenario(JsonNode word) {
        return Scenario.of(word.asText()).orElseThrow(() -> new IllegalArgumentException("no scenario " + word));
    }

    private static Run run(JsonNode json, JsonNode document, List<Place> places, List<Scenario> scenarios) {
        Instant begun = Instant.parse(json.path("begun_at").asText());
        return new Run(
                places.get(json.path("target").asInt()).name(),
                scenarios.get(json.path("scenario").asInt()),
                json.path("number").asInt(),
                begun,
                time(json.path("wall_ms")),
                list(
                        json.path("rows"),
                        row -> new Row(
                                row.path("name").asText(),
                                time(row.path("start_ms")),
                                time(row.path("took_ms")),
                                row.path("succeeded").asBoolean(),
                                row.path("bytes").asLong(),
                                row.path("calls").asLong())),
                LaneColumns.read(json.path("lanes"), document, begun),
                new Visits(
                        json.path("requests").asLong(),
                        json.path("failed_requests").asLong(),
                        json.path("first_failed_request").asText()),
                End.valueOf(json.path("end").asText().toUpperCase(Locale.ROOT)),
                json.path("failure").asText(),
                time(json.path("measuring_ms")));
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> toValue) {
        List<T> list = new ArrayList<>();
        array.forEach(element -> list.add(toValue.apply(element)));
        return list;
    }
}
