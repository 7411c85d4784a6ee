package io.deployflow.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.flow.FlowEvent;
import io.deployflow.flow.FlowPlan;
import io.deployflow.flow.FlowReport;
import io.deployflow.flow.JobReport;
import io.deployflow.flow.StepReport;
import io.deployflow.flow.TestSummary;
import io.deployflow.flow.TestSummary.TestCase;
import java.util.List;
import java.util.Locale;

/** A flow as JSON objects. The names of the fields are a promise: see {@code docs/cli.md}. */
final class FlowJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private FlowJson() {}

    static ObjectNode event(FlowEvent event) {
        if (event instanceof FlowEvent.Output output) {
            return start("output", event).put("step", output.step()).put("line", output.line());
        } else if (event instanceof FlowEvent.StepStarted started) {
            return start("step_started", event).put("step", started.step()).put("name", started.name());
        } else if (event instanceof FlowEvent.StepFinished finished) {
            ObjectNode node = start("step_finished", event).put("step", finished.step());
            node.setAll(step(finished.report()));
            return node;
        } else if (event instanceof FlowEvent.JobFinished finished) {
            ObjectNode node = start("job_finished", event);
            node.setAll(job(finished.report()));
            return node;
        } else if (event instanceof FlowEvent.Notice notice) {
            return start("notice", event).put("message", notice.message());
        } else if (event instanceof FlowEvent.Deployment deployment) {
            return deployment(deployment);
        }
        return start("job_started", event);
    }

    static ObjectNode plan(FlowPlan plan) {
        ObjectNode node = JSON.objectNode().put("event", "flow_plan");
        node.put("revision", plan.revision().orElse(null));
        node.put("branch", plan.branch().orElse(null));
        node.put("tag", plan.tag().orElse(null));
        ArrayNode jobs = node.putArray("jobs");
        for (FlowPlan.PlannedJob job : plan.jobs()) {
            ObjectNode added = jobs.addObject()
                    .put("job", job.name())
                    .put("round", job.round())
                    .put("when", word(job.when()))
                    .put("skipped", job.skipped().orElse(null));
            texts(added.putArray("requires"), job.requires());
            texts(added.putArray("services"), job.services());
            texts(added.putArray("steps"), job.steps());
        }
        return node;
    }

    static ObjectNode report(FlowReport report) {
        ObjectNode node = JSON.objectNode()
                .put("event", "flow_report")
                .put("run", report.run())
                .put("directory", report.directory().toString())
                .put("exit_code", ExitCode.of(report).number())
                .put("total_ms", report.took().toMillis());
        ArrayNode jobs = node.putArray("jobs");
        report.jobs().forEach(job -> jobs.add(job(job)));
        node.set("tests", report.tests().map(FlowJson::tests).orElse(null));
        node.set(
                "failure",
                report.failure()
                        .map(Failure::of)
                        .map(failure -> JSON.objectNode()
                                .put("kind", failure.code().word())
                                .put("message", failure.message())
                                .put("remedy", failure.remedy()))
                        .orElse(null));
        return node;
    }

    private static ObjectNode tests(TestSummary tests) {
        ObjectNode node = JSON.objectNode().put("count", tests.cases().size());
        for (TestSummary.Outcome outcome : TestSummary.Outcome.values()) {
            node.put(word(outcome), tests.count(outcome));
        }
        ArrayNode failures = node.putArray("failures");
        tests.failures().forEach(test -> failures.add(test(test).put("message", test.message())));
        ArrayNode slowest = node.putArray("slowest");
        tests.slowest(10).forEach(test -> slowest.add(test(test)));
        return node;
    }

    private static ObjectNode test(TestCase test) {
        return JSON.objectNode()
                .put("suite", test.suite())
                .put("name", test.name())
                .put("file", test.file().orElse(null))
                .put("took_ms", test.took().toMillis());
    }

    private static ObjectNode job(JobReport job) {
        ObjectNode node = JSON.objectNode()
                .put("job", job.name())
                .put("state", word(job.state()))
                .put("reason", job.reason())
                .put("took_ms", job.took().toMillis());
        ArrayNode steps = node.putArray("steps");
        job.steps().forEach(step -> steps.add(step(step)));
        return node;
    }

    private static ObjectNode step(StepReport step) {
        ObjectNode node = JSON.objectNode()
                .put("name", step.name())
                .put("state", word(step.state()))
                .put("took_ms", step.took().toMillis())
                .put("failure", step.failure().orElse(null));
        texts(node.putArray("last_output"), step.lastOutput());
        return node;
    }

    private static ObjectNode deployment(FlowEvent.Deployment deployment) {
        ObjectNode node = start("deployment", deployment)
                .put("environment", deployment.environment())
                .put("link", deployment.link().orElse(null))
                .put("revision", deployment.revision())
                .put("outcome", deployment.outcome().map(FlowJson::word).orElse(null))
                .put("detail", deployment.detail())
                .put("took_ms", deployment.took().toMillis());
        texts(node.putArray("targets"), deployment.targets());
        return node;
    }

    private static ObjectNode start(String name, FlowEvent event) {
        return JSON.objectNode()
                .put("event", name)
                .put("at", event.at().toString())
                .put("job", event.job());
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
