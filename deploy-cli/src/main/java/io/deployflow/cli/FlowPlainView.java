package io.deployflow.cli;

import io.deployflow.flow.FlowEvent;
import io.deployflow.flow.FlowPlan;
import io.deployflow.flow.FlowReport;
import io.deployflow.flow.JobReport;
import io.deployflow.flow.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** For people and for logs: each line behind the name of its job, with the time since the first event. */
final class FlowPlainView implements FlowView {
    private final Terminal terminal;
    private final Verbosity verbosity;
    private final Style style;
    private final Answers answers;
    private @Nullable Instant first;

    FlowPlainView(Terminal terminal, Verbosity verbosity) {
        this.terminal = terminal;
        this.verbosity = verbosity;
        this.style = Style.of(terminal);
        this.answers = new Answers(terminal, style, verbosity);
    }

    @Override
    public synchronized void onEvent(FlowEvent event) {
        if (first == null) {
            first = event.at();
        }
        if (verbosity != Verbosity.QUIET) {
            words(event).ifPresent(words -> print(event, words));
        }
    }

    private void print(FlowEvent event, String words) {
        Duration since = Duration.between(first == null ? event.at() : first, event.at());
        String place = String.format(Locale.ROOT, "%-8s %s", "+" + Amounts.seconds(since), event.job());
        terminal.out().println(style.dim(place + " | ") + words);
    }

    private Optional<String> words(FlowEvent event) {
        if (event instanceof FlowEvent.Output output) {
            return Optional.of(output.line());
        } else if (event instanceof FlowEvent.StepStarted started) {
            return Optional.of(style.bold(started.step() + ". " + started.name()));
        } else if (event instanceof FlowEvent.StepFinished finished) {
            return FlowLines.failed(finished, style);
        } else if (event instanceof FlowEvent.JobFinished finished) {
            return Optional.of(FlowLines.job(finished.report(), style));
        } else if (event instanceof FlowEvent.Notice notice) {
            return Optional.of(style.yellow(notice.message()));
        }
        return Optional.empty();
    }

    @Override
    public void plan(FlowPlan plan) {
        FlowLines.plan(plan, style).forEach(terminal.out()::println);
    }

    @Override
    public void report(FlowReport report) {
        terminal.out().println();
        report.jobs().forEach(job -> terminal.out().println(line(report, job)));
        FlowLines.tests(report, style).forEach(terminal.out()::println);
        report.jobs().stream()
                .filter(job -> job.state() == JobState.FAILED)
                .forEach(job -> FlowLines.lastOutput(job, style).forEach(terminal.err()::println));
        report.failure().map(Failure::of).ifPresent(answers::failed);
    }

    private String line(FlowReport report, JobReport job) {
        int width = report.jobs().stream()
                .mapToInt(other -> other.name().length())
                .max()
                .orElse(1);
        return FlowLines.summary(job, width, style);
    }

    @Override
    public void failed(Failure failure) {
        answers.failed(failure);
    }

    @Override
    public void notice(String text) {
        answers.notice(text);
    }
}
