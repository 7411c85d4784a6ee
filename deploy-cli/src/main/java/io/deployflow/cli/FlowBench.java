package io.deployflow.cli;

import io.deployflow.flow.Flow;
import java.util.function.BiFunction;

/** Gives the commands of a flow the flow and a view, and turns how they end into an exit code. */
record FlowBench(Terminal terminal, FlowOptions options) {

    @SuppressWarnings("CatchingUnchecked") // whatever a jar that joined throws is to be told like any other failure
    int with(BiFunction<Flow, FlowView, ExitCode> command) {
        Logs.configure(options.verbosity());
        FlowView view = options.output(terminal) == OutputFormat.JSON
                ? new FlowJsonView(terminal, options.verbosity())
                : new FlowPlainView(terminal, options.verbosity());
        try {
            Flow flow = Flow.builder(Wiring.deployFile(options.file()))
                    .listener(view)
                    .environment(terminal.environment())
                    .deployer(listener -> Wiring.deployer(options.file(), listener))
                    .build();
            return command.apply(flow, view).number();
        } catch (RuntimeException | LinkageError e) {
            Failure failure = Failure.of(e);
            view.failed(failure);
            return failure.code().number();
        } finally {
            terminal.out().flush();
        }
    }
}
