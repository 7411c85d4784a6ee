package io.deployflow.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.Change;
import io.deployflow.Check;
import io.deployflow.CheckReport;
import io.deployflow.OperationReport;
import io.deployflow.PastRollout;
import io.deployflow.Phase;
import io.deployflow.Plan;
import io.deployflow.Prediction;
import io.deployflow.Release;
import io.deployflow.Report;
import io.deployflow.Status;
import io.deployflow.Timeline;
import io.deployflow.UnitResult;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** How commands end, as JSON objects. The names of the fields are a promise: see {@code docs/cli.md}. */
final class JsonAnswers {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private JsonAnswers() {}

    static ObjectNode report(Report report) {
        ObjectNode json = start("report", report.target())
                .put("outcome", word(report.outcome()))
                .put("exit_code", ExitCode.of(report).number());
        json.set("release", orNull(report.release(), JsonAnswers::release));
        json.set("previous", orNull(report.previous(), JsonAnswers::release));
        json.put("begun_at", report.timeline().begun().toString())
                .put("total_ms", report.timeline().total().toMillis());
        json.set("timeline", array(report.timeline().rows(), JsonAnswers::row));
        json.set("lanes", JsonLanes.of(report.timeline()));
        json.set("units", array(report.units(), JsonAnswers::unit));
        json.set("warnings", array(report.warnings(), JSON::textNode));
        return json.set("failure", orNull(Failure.of(report), JsonAnswers::failure));
    }

    static ObjectNode plan(Plan plan) {
        ObjectNode json =
                start("plan", plan.target()).put("revision", plan.revision().id());
        json.set("changes", array(plan.changes(), JsonAnswers::change));
        json.set("steps", array(plan.steps(), JsonAnswers::step));
        return json.set("predictions", array(plan.predictions(), JsonAnswers::prediction));
    }

    static ObjectNode status(Status status, Optional<List<PastRollout>> past) {
        ObjectNode json = start("status", status.target());
        json.set("live", orNull(status.live(), JsonAnswers::release));
        json.set("units", array(status.units(), JsonAnswers::unit));
        json.set("notices", array(status.notices(), JSON::textNode));
        json.put("whole", status.whole());
        past.ifPresent(rollouts -> json.set("rollouts", array(rollouts, JsonAnswers::rollout)));
        return json;
    }

    static ObjectNode releases(String target, List<Release> releases) {
        return start("releases", target).set("releases", array(releases, JsonAnswers::release));
    }

    static ObjectNode checks(CheckReport report) {
        ObjectNode json = start("checks", report.target())
                .put("exit_code", ExitCode.of(report).number());
        json.set("checks", array(report.checks(), JsonAnswers::check));
        return json.set("failure", orNull(report.failure().map(Failure::of), JsonAnswers::failure));
    }

    static ObjectNode policy(String target, String document) {
        return start("policy", target).put("policy", document);
    }

    static ObjectNode operation(OperationReport report) {
        ObjectNode json = start("operation", report.target())
                .put("operation", report.operation().word())
                .put("exit_code", OperationStatus.of(report));
        json.set("units", array(report.units(), JsonAnswers::unit));
        json.set("warnings", array(report.warnings(), JSON::textNode));
        return json.set("failure", orNull(Failure.of(report), JsonAnswers::failure));
    }

    static ObjectNode error(Failure failure) {
        return JSON.objectNode()
                .put("event", "error")
                .put("exit_code", failure.code().number())
                .set("failure", failure(failure));
    }

    private static ObjectNode release(Release release) {
        return JSON.objectNode()
                .put("id", release.id())
                .put("revision", release.revision())
                .put("state", word(release.state()))
                .put("created_at", release.createdAt().toString())
                .put("created_by", release.createdBy());
    }

    private static ObjectNode rollout(PastRollout rollout) {
        ObjectNode json = JSON.objectNode().put("service", rollout.group());
        json.set("release", release(rollout.release()));
        json.put("outcome", word(rollout.outcome()))
                .put("reason", rollout.reason())
                .put("begun_at", rollout.timeline().begun().toString())
                .put("total_ms", rollout.timeline().total().toMillis());
        json.set("waited_for", array(rollout.timeline().shares(), JsonAnswers::share));
        return json.set("lanes", JsonLanes.of(rollout.timeline()));
    }

    private static ObjectNode share(Timeline.Share share) {
        return JSON.objectNode()
                .put("name", share.name())
                .put("took_ms", share.took().toMillis());
    }

    private static ObjectNode prediction(Prediction prediction) {
        ObjectNode json = JSON.objectNode()
                .put("service", prediction.group())
                .put("shortest_ms", prediction.shortest().toMillis());
        json.set(
                "parts",
                array(
                        prediction.parts(),
                        part -> JSON.objectNode()
                                .put("name", part.name())
                                .put("took_ms", part.took().toMillis())));
        json.set(
                "savings",
                array(
                        prediction.savings(),
                        saving -> JSON.objectNode()
                                .put("setting", saving.setting())
                                .put("now", saving.now())
                                .put("instead", saving.instead())
                                .put("saves_ms", saving.saves().toMillis())));
        return json.set("assumptions", array(prediction.assumptions(), JSON::textNode));
    }

    private static ObjectNode row(Timeline.Row row) {
        return JSON.objectNode()
                .put("phase", row.phase().word())
                .put("start_ms", row.start().toMillis())
                .put("took_ms", row.took().toMillis())
                .put("succeeded", row.succeeded());
    }

    private static ObjectNode unit(UnitResult unit) {
        return JSON.objectNode()
                .put("unit", unit.unit())
                .put("state", word(unit.state()))
                .put("detail", unit.detail())
                .put("took_ms", unit.took().toMillis());
    }

    private static ObjectNode unit(Status.Unit unit) {
        return JSON.objectNode()
                .put("unit", unit.name())
                .put("release", unit.release())
                .put("healthy", unit.healthy())
                .put("detail", unit.detail());
    }

    private static ObjectNode unit(OperationReport.Unit unit) {
        ObjectNode json = JSON.objectNode()
                .put("unit", unit.unit())
                .put("succeeded", unit.succeeded())
                .put("state", unit.state())
                .put("detail", unit.detail());
        json.set(
                "status",
                unit.status().isPresent() ? JSON.numberNode(unit.status().getAsInt()) : JSON.nullNode());
        return json.put("took_ms", unit.took().toMillis());
    }

    private static ObjectNode check(Check check) {
        return JSON.objectNode()
                .put("name", check.name())
                .put("unit", check.unit())
                .put("outcome", check.outcome().word())
                .put("detail", check.detail())
                .put("remedy", check.remedy());
    }

    private static ObjectNode change(Change change) {
        ObjectNode json = JSON.objectNode().put("what", change.what());
        json.set("from", orNull(change.from(), JSON::textNode));
        return json.set("to", orNull(change.to(), JSON::textNode));
    }

    private static ObjectNode step(Plan.Step step) {
        return JSON.objectNode()
                .put("phase", step.phase().word())
                .put("unit", step.unit())
                .put("command", step.command())
                .put("round", step.round());
    }

    private static ObjectNode failure(Failure failure) {
        ObjectNode json = JSON.objectNode()
                .put("kind", failure.code().word())
                .put("message", failure.message())
                .put("remedy", failure.remedy());
        json.set("unit", orNull(failure.unit(), JSON::textNode));
        return json.set("phase", orNull(failure.phase().map(Phase::word), JSON::textNode));
    }

    private static ObjectNode start(String name, String target) {
        return JSON.objectNode().put("event", name).put("target", target);
    }

    private static <T> JsonNode orNull(Optional<T> value, Function<T, JsonNode> maker) {
        return value.map(maker).orElseGet(JSON::nullNode);
    }

    private static <T> ArrayNode array(Collection<T> values, Function<T, JsonNode> maker) {
        return JSON.arrayNode().addAll(values.stream().map(maker).toList());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
