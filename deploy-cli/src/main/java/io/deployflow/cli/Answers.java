package io.deployflow.cli;

import io.deployflow.Check;
import io.deployflow.CheckReport;
import io.deployflow.OperationReport;
import io.deployflow.PastRollout;
import io.deployflow.Plan;
import io.deployflow.Release;
import io.deployflow.Status;
import java.util.List;
import java.util.Optional;

/** Writes answers and failures for people: what the views for a terminal and for a log have in common. */
record Answers(Terminal terminal, Style style, Verbosity verbosity) {

    void plan(Plan plan, boolean steps) {
        print(PlanLines.changes(plan, style));
        if (steps) {
            print(PlanLines.steps(plan, style));
        }
    }

    void status(Status status, Optional<List<PastRollout>> past) {
        print(StatusLines.of(status, style));
        past.ifPresent(rollouts -> print(PastLines.of(rollouts, style, verbosity == Verbosity.VERBOSE)));
    }

    void releases(String target, List<Release> releases) {
        print(ReleaseLines.of(target, releases, style));
    }

    /** Of what is well nothing is shown where only the end is wanted. */
    void checks(CheckReport report) {
        print(CheckLines.of(
                verbosity == Verbosity.QUIET
                        ? report.checks().stream()
                                .filter(check -> check.outcome() != Check.Outcome.OK)
                                .toList()
                        : report.checks(),
                style));
        report.failure()
                .map(Failure::of)
                .ifPresentOrElse(this::failed, () -> terminal.out().println(CheckLines.conclusion(report, style)));
    }

    void policy(String document) {
        terminal.out().println(document);
    }

    /** What a command wrote has been shown, so nothing that is not its own goes to the output. */
    void operation(OperationReport report) {
        if (verbosity != Verbosity.QUIET) {
            print(OperationLines.units(report, style));
        }
        Failure.of(report).ifPresent(this::failed);
        conclusion(report);
    }

    private void conclusion(OperationReport report) {
        String text = OperationLines.conclusion(report, style);
        if (OperationLines.showsItself(report.operation())) {
            if (report.failure().isEmpty() && terminal.interactive() && verbosity != Verbosity.QUIET) {
                terminal.err().println(style.dim(text));
            }
        } else {
            (report.failure().isPresent() ? terminal.err() : terminal.out()).println(text);
        }
    }

    /** To the error stream. */
    void failed(Failure failure) {
        FailureLines.of(failure, style).forEach(terminal.err()::println);
        if (verbosity == Verbosity.VERBOSE) {
            FailureLines.stackTrace(failure).forEach(terminal.err()::println);
        }
    }

    /** To the error stream. */
    void notice(String text) {
        Text.wrapped(text, style.width()).forEach(line -> terminal.err().println(style.yellow(line)));
    }

    private void print(List<String> lines) {
        lines.forEach(terminal.out()::println);
    }
}
