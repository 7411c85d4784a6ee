package io.deployflow.ssh;

import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.TargetLockedException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of a piece of work on several hosts.
 *
 * @param all one outcome a host, in the order of the hosts
 */
record Outcomes<T>(List<HostOutcome<T>> all) {
    Outcomes {
        all = List.copyOf(all);
    }

    /** Makes the exception of a phase. */
    @FunctionalInterface
    interface Maker {
        DeployException make(String what, String remedy, @Nullable String unit, @Nullable Throwable cause);
    }

    /** The outcomes of hosts where it failed. */
    List<HostOutcome<T>> failed() {
        return all.stream().filter(outcome -> outcome.failure().isPresent()).toList();
    }

    /** The values of the hosts where it did not fail. */
    List<T> values() {
        return all.stream().flatMap(outcome -> outcome.value().stream()).toList();
    }

    /** The values, if it failed nowhere; otherwise an exception that names every host where it did. */
    List<T> orThrow(Maker maker) {
        failure(maker).ifPresent(failure -> {
            throw failure;
        });
        return values();
    }

    /** One exception for all hosts where it failed; each is named with its own reason. */
    Optional<DeployException> failure(Maker maker) {
        List<RuntimeException> failures =
                failed().stream().flatMap(outcome -> outcome.failure().stream()).toList();
        if (failures.isEmpty()) {
            return Optional.empty();
        }
        String unit = failed().get(0).label();
        return Optional.of(maker.make(messages(failures), remedies(failures), unit, failures.get(0)));
    }

    /** The values; otherwise an exception of the kind that it is everywhere, if it is one kind. */
    List<T> orThrowItsKind(Maker otherwise) {
        Maker maker = isAll(TargetLockedException.class)
                ? TargetLockedException::new
                : isAll(ConfigurationException.class) ? ConfigurationException::new : otherwise;
        return orThrow(maker);
    }

    private boolean isAll(Class<? extends DeployException> kind) {
        return failed().stream()
                .allMatch(outcome -> kind.isInstance(outcome.failure().orElseThrow()));
    }

    private String messages(List<RuntimeException> failures) {
        // What is no one host's fault, such as a key that cannot be used here, is said once.
        if (failures.stream().map(Outcomes::message).distinct().count() == 1) {
            return message(failures.get(0));
        }
        return failures.stream()
                .map(failure -> "\n  " + message(failure))
                .collect(Collectors.joining("", failures.size() + " of " + all.size() + " hosts failed:", ""));
    }

    /** What mends them, each once. */
    static String remedies(List<RuntimeException> failures) {
        return failures.stream()
                .map(failure -> failure instanceof DeployException known ? known.remedy() : "")
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining("\n  "));
    }

    private static String message(RuntimeException failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
