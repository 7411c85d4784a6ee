package io.deployflow.ssh;

import io.deployflow.ConfigurationException;
import io.deployflow.TargetUnreachableException;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.TargetLock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reaches every host, takes the lock everywhere, makes sure that a deploy can work there, and puts right what a deploy
 * that was killed has left.
 */
record Preflight(SshTarget target) {

    /** Does it all; see {@link io.deployflow.spi.RolloutStrategy#preflight}. */
    TargetLock run(DeployContext context) {
        target.fleet()
                .onEach(context, shell -> shell.connect(context.cancellation()))
                .failureOfItsKind(TargetUnreachableException::new)
                .ifPresent(failure -> {
                    throw failure;
                });
        List<HostLock> locks = new ArrayList<>();
        TargetLock all = () -> locks.forEach(HostLock::close);
        try {
            takeLocks(locks, context);
            FleetSurvey survey = FleetSurvey.take(target, context);
            survey.states().forEach(Preflight::check);
            new Recovery(target).run(survey, context);
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    // The first host decides who goes on, so that two deploys never hold a part of the hosts each.
    private void takeLocks(List<HostLock> locks, DeployContext context) {
        List<RemoteShell> sorted = target.fleet().shells().stream()
                .sorted(Comparator.comparing(RemoteShell::label))
                .toList();
        for (List<RemoteShell> some : List.of(sorted.subList(0, 1), sorted.subList(1, sorted.size()))) {
            Outcomes<HostLock> outcomes = target.fleet().on(some, context, shell -> lock(shell, context));
            locks.addAll(outcomes.values());
            outcomes.failureOfItsKind(TargetUnreachableException::new).ifPresent(failure -> {
                throw failure;
            });
        }
    }

    private HostLock lock(RemoteShell shell, DeployContext context) {
        return HostLock.take(shell, target.locks(), owner(context), context::warn, context.cancellation());
    }

    private static String owner(DeployContext context) {
        return "%s since %s, deploying %s to %s (pid %d)"
                .formatted(
                        context.person(),
                        context.clock().instant(),
                        context.application().name(),
                        context.target(),
                        ProcessHandle.current().pid());
    }

    private static void check(RemoteShell shell, HostState state) {
        Stream<String> link = state.currentIsNoLink()
                ? Stream.of("'current' is not a link: move it away, or deploy to another directory")
                : Stream.empty();
        Stream<String> missing = state.missing().stream().map(what -> what + " is missing");
        List<String> problems = Stream.concat(link, missing).toList();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(
                    shell.label() + ": " + String.join("; ", problems), "", shell.label(), null);
        }
    }
}
