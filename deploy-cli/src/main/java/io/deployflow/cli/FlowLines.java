package io.deployflow.cli;

import io.deployflow.flow.FlowEvent;
import io.deployflow.flow.FlowPlan;
import io.deployflow.flow.FlowPlan.PlannedJob;
import io.deployflow.flow.FlowReport;
import io.deployflow.flow.JobReport;
import io.deployflow.flow.TestSummary;
import io.deployflow.flow.TestSummary.Outcome;
import io.deployflow.flow.TestSummary.TestCase;
import io.deployflow.flow.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A flow in words. */
final class FlowLines {
    private static final int SLOWEST = 10;

    private FlowLines() {}

    /** The jobs in rounds, and why those are skipped that are. */
    static List<String> plan(FlowPlan plan, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(plan.tag()
                        .map(tag -> "tag " + tag)
                        .or(() -> plan.branch().map(name -> "branch " + name))
                        .orElse("no branch")
                + plan.revision()
                        .map(revision -> ", commit " + revision.substring(0, Math.min(10, revision.length())))
                        .orElse(""));
        for (PlannedJob job : plan.jobs()) {
            lines.add(job.round() + ". " + style.bold(job.name()) + requires(job) + verdict(job, style));
            if (job.skipped().isEmpty()) {
                job.services().forEach(service -> lines.add("     service " + service));
                job.steps().forEach(step -> lines.add("     - " + step));
            }
        }
        return lines;
    }

    private static String requires(PlannedJob job) {
        return job.requires().isEmpty() ? "" : " after " + String.join(", ", job.requires());
    }

    private static String verdict(PlannedJob job, Style style) {
        if (job.skipped().isPresent()) {
            return style.yellow("  skipped: " + job.skipped().get());
        }
        return job.when() == When.ON_SUCCESS ? "" : "  " + job.when().name().toLowerCase(Locale.ROOT);
    }

    /** How a job ended, for the place where it happens. */
    static String job(JobReport job, Style style) {
        return switch (job.state()) {
            case SUCCEEDED -> style.green("done in " + Amounts.time(job.took()));
            case FAILED -> style.red("failed: " + job.reason());
            case CANCELLED -> style.yellow("cancelled: " + job.reason());
            case SKIPPED -> style.yellow("skipped: " + job.reason());
        };
    }

    /** How a job ended, for the summary. */
    static String summary(JobReport job, int width, Style style) {
        String name = String.format(Locale.ROOT, "%-" + width + "s  ", job.name());
        return switch (job.state()) {
            case SUCCEEDED -> style.marked(true, name + Amounts.time(job.took()));
            case FAILED -> style.marked(false, name + Amounts.time(job.took()) + "  " + job.reason());
            default -> style.unmarked(name + job(job, style));
        };
    }

    /** Why a step failed; empty where it did not. */
    static Optional<String> failed(FlowEvent.StepFinished finished, Style style) {
        return finished.report()
                .failure()
                .map(why -> style.red("'" + finished.report().name() + "' failed after "
                        + Amounts.time(finished.report().took()) + ": " + why));
    }

    /** The last lines of the step that failed. */
    static List<String> lastOutput(JobReport job, Style style) {
        List<String> lines = new ArrayList<>();
        job.failedStep().filter(step -> !step.lastOutput().isEmpty()).ifPresent(step -> {
            lines.add(style.bold("The last output of '" + step.name() + "' in job '" + job.name() + "':"));
            step.lastOutput().forEach(line -> lines.add("  " + line));
        });
        return lines;
    }

    /** The tests: how many, those that failed first, and the slowest. */
    static List<String> tests(FlowReport report, Style style) {
        return report.tests().map(tests -> tests(tests, style)).orElse(List.of());
    }

    private static List<String> tests(TestSummary tests, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(tests.cases().size() + " tests: " + tests.count(Outcome.FAILED) + " failed, "
                + tests.count(Outcome.SKIPPED) + " skipped");
        tests.failures().forEach(test -> {
            lines.add(style.marked(false, named(test)));
            test.message().lines().limit(5).forEach(line -> lines.add("    " + line));
        });
        lines.add("the slowest:");
        tests.slowest(SLOWEST).forEach(test -> lines.add("  " + Amounts.seconds(test.took()) + "  " + named(test)));
        return lines;
    }

    private static String named(TestCase test) {
        return test.suite().isEmpty() ? test.name() : test.suite() + ": " + test.name();
    }
}
