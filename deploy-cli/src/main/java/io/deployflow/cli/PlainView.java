package io.deployflow.cli;

import io.deployflow.Report;
import io.deployflow.event.DeployEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** For a log: one line an event, with the time since the first. */
final class PlainView extends AnsweringView {
    private final Terminal terminal;
    private final Verbosity verbosity;
    private final ProgressGate gate = new ProgressGate();
    private @Nullable Instant first;

    PlainView(Terminal terminal, Verbosity verbosity) {
        super(terminal, Style.NONE, verbosity);
        this.terminal = terminal;
        this.verbosity = verbosity;
    }

    @Override
    void onDeploy(DeployEvent event) {
        if (first == null) {
            first = event.at();
        }
        if (isWanted(event)) {
            terminal.out()
                    .println(String.format(
                            Locale.ROOT,
                            "%-7s %-9s  %s",
                            "+" + Amounts.seconds(Duration.between(first, event.at())),
                            event.phase().word(),
                            EventWords.of(event)));
        }
    }

    private boolean isWanted(DeployEvent event) {
        if (verbosity == Verbosity.QUIET || !event.isShown()) {
            return false;
        } else if (event instanceof DeployEvent.Progress progress) {
            return gate.passes(progress);
        }
        return !(event instanceof DeployEvent.Output) || verbosity == Verbosity.VERBOSE;
    }

    @Override
    public void report(Report report) {
        if (verbosity != Verbosity.QUIET) {
            ReportLines.units(report.units(), Style.NONE).forEach(terminal.out()::println);
            LaneChart.ofReport(report.timeline(), Style.NONE, verbosity == Verbosity.VERBOSE)
                    .forEach(terminal.out()::println);
        }
        Failure.of(report).ifPresent(answers::failed);
        (report.failure().isPresent() ? terminal.err() : terminal.out())
                .println(ReportLines.conclusion(report, Style.NONE));
    }

    @Override
    public void failed(Failure failure) {
        answers.failed(failure);
    }

    @Override
    public void notice(String text) {
        answers.notice(text);
    }

    @Override
    public void close() {
        terminal.out().flush();
    }
}
