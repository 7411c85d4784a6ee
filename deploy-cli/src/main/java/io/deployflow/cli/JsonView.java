package io.deployflow.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.CheckReport;
import io.deployflow.OperationReport;
import io.deployflow.PastRollout;
import io.deployflow.Plan;
import io.deployflow.Release;
import io.deployflow.Report;
import io.deployflow.Status;
import io.deployflow.event.DeployEvent;
import java.util.List;
import java.util.Optional;

/** For a program: one JSON object a line on the output, and nothing else there. */
final class JsonView implements View {
    private final Terminal terminal;
    private final Verbosity verbosity;
    private final Answers people;
    private final ProgressGate gate = new ProgressGate();

    JsonView(Terminal terminal, Verbosity verbosity) {
        this.terminal = terminal;
        this.verbosity = verbosity;
        this.people = new Answers(terminal, Style.NONE, verbosity);
    }

    @Override
    public synchronized void onEvent(DeployEvent event) {
        boolean passes =
                event.isShown() && (!(event instanceof DeployEvent.Progress progress) || gate.passes(progress));
        if (passes && verbosity != Verbosity.QUIET) {
            print(JsonEvents.of(event));
        }
    }

    @Override
    public void report(Report report) {
        print(JsonAnswers.report(report));
        Failure.of(report).ifPresent(people::failed);
    }

    @Override
    public void plan(Plan plan, boolean steps) {
        print(JsonAnswers.plan(plan));
    }

    @Override
    public void status(Status status, Optional<List<PastRollout>> past) {
        print(JsonAnswers.status(status, past));
    }

    @Override
    public void releases(String target, List<Release> releases) {
        print(JsonAnswers.releases(target, releases));
    }

    @Override
    public void checks(CheckReport report) {
        print(JsonAnswers.checks(report));
        report.failure().map(Failure::of).ifPresent(people::failed);
    }

    @Override
    public void policy(String target, String document) {
        print(JsonAnswers.policy(target, document));
    }

    @Override
    public void operation(OperationReport report) {
        print(JsonAnswers.operation(report));
        Failure.of(report).ifPresent(people::failed);
    }

    @Override
    public void failed(Failure failure) {
        print(JsonAnswers.error(failure));
        people.failed(failure);
    }

    @Override
    public void notice(String text) {
        people.notice(text);
    }

    @Override
    public void close() {
        terminal.out().flush();
    }

    private void print(JsonNode json) {
        terminal.out().println(json);
    }
}
