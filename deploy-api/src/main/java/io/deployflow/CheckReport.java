package io.deployflow;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was looked at before a deploy, each with a yes or a no.
 *
 * @param target the target's name, or what else was looked at
 * @param checks in the order in which a deploy would meet them
 */
public record CheckReport(String target, List<Check> checks) {

    /** Copies the list. */
    public CheckReport {
        Objects.requireNonNull(target, "target");
        checks = List.copyOf(checks);
    }

    /** Those with an outcome. */
    public List<Check> with(Check.Outcome outcome) {
        return checks.stream().filter(check -> check.outcome() == outcome).toList();
    }

    /**
     * Why a deploy cannot be begun with confidence; empty where all is well. What failed outweighs what could not be
     * looked at.
     *
     * @return a {@link CheckException}, or a {@link TargetUnreachableException} where nothing failed
     */
    public Optional<DeployException> failure() {
        List<Check> failed = with(Check.Outcome.FAILED);
        List<Check> unknown = with(Check.Outcome.UNKNOWN);
        if (!failed.isEmpty()) {
            return Optional.of(new CheckException(
                    sentence(failed, "failed"), "What is wrong and how to mend it stands beside each of them."));
        }
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(new TargetUnreachableException(
                        sentence(unknown, "could not be made"),
                        "Why, and what it takes, stands beside each of them.",
                        null,
                        null));
    }

    private String sentence(List<Check> some, String what) {
        String names = some.stream()
                .map(check -> check.name() + " " + check.unit())
                .distinct()
                .collect(Collectors.joining(", "));
        return "%d of %d checks of %s %s: %s".formatted(some.size(), checks.size(), target, what, names);
    }

    /**
     * This report, if all is well.
     *
     * @throws DeployException the {@link #failure}, if it is not
     */
    public CheckReport orThrow() {
        Optional<DeployException> failure = failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
        return this;
    }
}
