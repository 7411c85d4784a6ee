package io.deployflow.ssh;

import io.deployflow.ConfigurationException;
import io.deployflow.OperationException;
import io.deployflow.OperationReport;
import io.deployflow.TargetLockedException;
import io.deployflow.TargetUnreachableException;
import io.deployflow.spi.OperationResult;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Turns what came of an operation on every host into its result. */
final class OperationResults {
    private OperationResults() {}

    /**
     * What an operation did on one host.
     *
     * @param state one word
     * @param detail one line; may be empty
     */
    record Done(String state, String detail) {}

    /** A result that names each host, and fails as the hosts did: as one kind, where they are of one. */
    static OperationResult of(Outcomes<Done> outcomes) {
        List<OperationReport.Unit> units =
                outcomes.all().stream().map(OperationResults::unit).toList();
        return new OperationResult(units, outcomes.failure(maker(outcomes)).map(failure -> failure));
    }

    private static OperationReport.Unit unit(HostOutcome<Done> outcome) {
        return outcome.value()
                .map(done -> unit(outcome.label(), true, done.state(), done.detail(), outcome.took()))
                .orElseGet(() -> unit(outcome.label(), false, "failed", why(outcome), outcome.took()));
    }

    private static OperationReport.Unit unit(String label, boolean well, String state, String detail, Duration took) {
        return new OperationReport.Unit(label, well, state, detail, OptionalInt.empty(), took);
    }

    /** Why a host failed, without its name. */
    static String why(HostOutcome<?> outcome) {
        String message = String.valueOf(outcome.failure().orElseThrow().getMessage());
        String start = outcome.label() + ": ";
        return message.startsWith(start) ? message.substring(start.length()) : message;
    }

    private static Outcomes.Maker maker(Outcomes<?> outcomes) {
        if (all(outcomes, TargetLockedException.class::isInstance)) {
            return TargetLockedException::new;
        } else if (all(outcomes, ConfigurationException.class::isInstance)) {
            return ConfigurationException::new;
        } else if (all(outcomes, OperationResults::isUnreachable)) {
            return TargetUnreachableException::new;
        }
        return OperationException::new;
    }

    private static boolean all(Outcomes<?> outcomes, Predicate<RuntimeException> kind) {
        return outcomes.failed().stream()
                .allMatch(outcome -> kind.test(outcome.failure().orElseThrow()));
    }

    /** Whether a host was not reached, or lost. */
    static boolean isUnreachable(RuntimeException failure) {
        return failure instanceof TargetUnreachableException
                || (failure instanceof HostFailure host && !host.outcomeKnown());
    }
}
