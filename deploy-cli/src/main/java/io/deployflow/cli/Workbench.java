package io.deployflow.cli;

import io.deployflow.CancellationToken;
import io.deployflow.Deployer;
import io.deployflow.OperationReport;
import io.deployflow.Report;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;

/**
 * Gives each command a deployer and a view, and turns how it ends into an exit code.
 *
 * @param headStart what was begun when the process started
 */
record Workbench(Terminal terminal, HeadStart headStart) {

    /** For a command that changes a target: signals cancel it, and it ends with a report. */
    int change(TargetOptions options, BiFunction<Deployer, CancellationToken, Report> work) {
        return with(options, (deployer, view) -> {
            CancellationToken cancellation = CancellationToken.create();
            Interrupts.cancel(
                    cancellation, () -> view.notice("cancelled: putting back what was live; press again to leave it"));
            Report report = work.apply(deployer, cancellation);
            view.report(report);
            return ExitCode.of(report).number();
        });
    }

    /** For what is done to a target between deploys: signals end it. */
    int operate(TargetOptions options, BiFunction<Deployer, CancellationToken, OperationReport> work) {
        return with(options, (deployer, view) -> {
            CancellationToken cancellation = CancellationToken.create();
            Interrupts.cancel(cancellation, () -> view.notice("cancelled; press again to end it at once"));
            OperationReport report = work.apply(deployer, cancellation);
            view.operation(report);
            return OperationStatus.of(report);
        });
    }

    /** For a command that only looks. */
    <T> int look(TargetOptions options, Function<Deployer, T> question, BiConsumer<View, T> show) {
        return look(options, question, show, answer -> ExitCode.DONE);
    }

    /** The same, where the answer itself decides how the command ends. */
    <T> int look(
            TargetOptions options,
            Function<Deployer, T> question,
            BiConsumer<View, T> show,
            Function<T, ExitCode> end) {
        return with(options, (deployer, view) -> {
            T answer = question.apply(deployer);
            show.accept(view, answer);
            return end.apply(answer).number();
        });
    }

    @SuppressWarnings("CatchingUnchecked") // whatever a jar that joined throws is to be told like any other failure
    private int with(TargetOptions options, ToIntBiFunction<Deployer, View> command) {
        Logs.configure(options.verbosity());
        try (View view = Views.create(options.output(terminal), options.verbosity(), terminal)) {
            try (Deployer deployer = Wiring.deployer(options, view, headStart)) {
                return command.applyAsInt(deployer, view);
            } catch (RuntimeException | LinkageError e) {
                Failure failure = Failure.of(e);
                view.failed(failure);
                return failure.code().number();
            }
        }
    }
}
