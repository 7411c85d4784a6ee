package io.deployflow.cli;

import io.deployflow.Report;
import io.deployflow.event.DeployEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** For a person: a few lines that are redrawn in place while a deploy runs, and its report at the end. */
final class PrettyView extends AnsweringView {
    private final Terminal terminal;
    private final Verbosity verbosity;
    private final Style style;
    private final Clock clock;
    private final Ticker ticker;
    private final Screen screen;
    private final Board board = new Board();
    private Ticker.@Nullable Handle ticking;

    PrettyView(Terminal terminal, Verbosity verbosity, Clock clock, Ticker ticker) {
        super(terminal, Style.of(terminal), verbosity);
        this.terminal = terminal;
        this.verbosity = verbosity;
        this.style = Style.of(terminal);
        this.clock = clock;
        this.ticker = ticker;
        this.screen = new Screen(terminal.out());
    }

    @Override
    void onDeploy(DeployEvent event) {
        if (!isLive() || !event.isShown()) {
            return;
        }
        if (ticking == null) {
            ticking = ticker.start(() -> redraw(List.of()));
        }
        board.apply(event);
        if (event instanceof DeployEvent.Warning) {
            redraw(List.of(style.yellow(EventWords.of(event))));
        } else if (event instanceof DeployEvent.Output && verbosity == Verbosity.VERBOSE) {
            redraw(List.of(style.dim(EventWords.of(event))));
        } else if (!(event instanceof DeployEvent.Progress) && !(event instanceof DeployEvent.Output)) {
            redraw(List.of());
        }
    }

    @Override
    public synchronized void report(Report report) {
        stop(summary(report));
        Failure.of(report).ifPresent(answers::failed);
        (report.failure().isPresent() ? terminal.err() : terminal.out()).println(ReportLines.conclusion(report, style));
    }

    @Override
    public synchronized void failed(Failure failure) {
        stop(List.of());
        answers.failed(failure);
    }

    @Override
    public synchronized void notice(String text) {
        if (ticking == null) {
            answers.notice(text);
        } else {
            redraw(List.of(style.yellow(text)));
        }
    }

    @Override
    public synchronized void close() {
        stop(List.of());
        terminal.out().flush();
    }

    private List<String> summary(Report report) {
        if (verbosity == Verbosity.QUIET) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(ReportLines.timeline(report.timeline(), style));
        lines.add("");
        addBlock(lines, ReportLines.units(report.units(), style));
        addBlock(lines, LaneChart.ofReport(report.timeline(), style, verbosity == Verbosity.VERBOSE));
        return lines;
    }

    private static void addBlock(List<String> lines, List<String> block) {
        lines.addAll(block);
        if (!block.isEmpty()) {
            lines.add("");
        }
    }

    private boolean isLive() {
        return verbosity != Verbosity.QUIET && terminal.redraws();
    }

    private synchronized void redraw(List<String> above) {
        if (ticking != null) {
            screen.show(above, board.lines(clock.instant(), style));
        }
    }

    /** Puts the last lines in place of the live ones. */
    private void stop(List<String> last) {
        if (ticking != null) {
            ticking.close();
            ticking = null;
            screen.show(last, List.of());
        } else {
            last.forEach(terminal.out()::println);
        }
    }
}
