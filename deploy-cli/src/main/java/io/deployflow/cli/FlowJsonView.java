package io.deployflow.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.flow.FlowEvent;
import io.deployflow.flow.FlowPlan;
import io.deployflow.flow.FlowReport;

/** For a program: one JSON object a line on the output, and nothing else there. */
final class FlowJsonView implements FlowView {
    private final Terminal terminal;
    private final Verbosity verbosity;
    private final Answers people;

    FlowJsonView(Terminal terminal, Verbosity verbosity) {
        this.terminal = terminal;
        this.verbosity = verbosity;
        this.people = new Answers(terminal, Style.NONE, verbosity);
    }

    @Override
    public synchronized void onEvent(FlowEvent event) {
        if (verbosity != Verbosity.QUIET) {
            print(FlowJson.event(event));
        }
    }

    @Override
    public void plan(FlowPlan plan) {
        print(FlowJson.plan(plan));
    }

    @Override
    public void report(FlowReport report) {
        print(FlowJson.report(report));
        report.failure().map(Failure::of).ifPresent(people::failed);
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

    private void print(JsonNode node) {
        terminal.out().println(node);
    }
}
