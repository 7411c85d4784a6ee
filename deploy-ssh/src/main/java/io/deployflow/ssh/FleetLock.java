package io.deployflow.ssh;

import io.deployflow.TargetLockedException;
import io.deployflow.TargetUnreachableException;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.Poller;
import io.deployflow.spi.TargetLock;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The locks of all hosts, and what was on them when they were taken. */
final class FleetLock implements TargetLock {
    private static final Poller LETTING_GO = Poller.every(Duration.ofMillis(100));
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final SshTarget target;
    private final DeployContext context;
    private final String owner;
    private final String word = UUID.randomUUID().toString();
    private final Map<RemoteShell, HostLock> locks = new LinkedHashMap<>();

    private FleetLock(SshTarget target, DeployContext context) {
        this.target = target;
        this.context = context;
        this.owner = owner(context);
    }

    /**
     * Takes the lock of every host and looks at what is there; {@link Fleet#survey} then says it until the lock is
     * given back.
     *
     * @throws io.deployflow.TargetLockedException if somebody holds one; then none is held
     */
    static FleetLock take(SshTarget target, DeployContext context) {
        FleetLock lock = new FleetLock(target, context);
        try {
            target.fleet().remember(new FleetSurvey(lock.takeAll()));
            return lock;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    // The first host by name decides who goes on: who does not get it lets go of the others, and who gets it waits for
    // that. So of two deploys at once exactly one goes on, and neither waits for one host after the other.
    private Map<RemoteShell, HostState> takeAll() {
        List<RemoteShell> shells = target.fleet().shells();
        RemoteShell deciding = Collections.min(shells, Comparator.comparing(RemoteShell::label));
        Map<RemoteShell, HostOutcome<HostState>> outcomes = new LinkedHashMap<>();
        shells.forEach(shell -> locks.put(shell, lock(shell)));
        take(shells, outcomes);
        new Outcomes<>(List.of(Objects.requireNonNull(outcomes.get(deciding))))
                .orThrowItsKind(TargetUnreachableException::new);
        LETTING_GO.ask(PATIENCE, context.cancellation(), () -> {
            List<RemoteShell> held = outcomes.values().stream()
                    .filter(outcome -> outcome.failure()
                            .filter(TargetLockedException.class::isInstance)
                            .isPresent())
                    .map(HostOutcome::shell)
                    .toList();
            take(held, outcomes);
            return held.isEmpty() ? Optional.of(true) : Optional.empty();
        });
        new Outcomes<>(List.copyOf(outcomes.values())).orThrowItsKind(TargetUnreachableException::new);
        Map<RemoteShell, HostState> states = new LinkedHashMap<>();
        outcomes.forEach((shell, outcome) -> states.put(shell, outcome.value().orElseThrow()));
        return states;
    }

    private HostLock lock(RemoteShell shell) {
        LockCommands.Claim claim = new LockCommands.Claim(owner, word + " for " + shell.label());
        return new HostLock(shell, target.locks(), claim, context::warn);
    }

    private void take(List<RemoteShell> shells, Map<RemoteShell, HostOutcome<HostState>> outcomes) {
        target.fleet()
                .on(
                        shells,
                        context,
                        shell -> context.span(
                                shell.label(), "connect", () -> take(Objects.requireNonNull(locks.get(shell)))))
                .all()
                .forEach(outcome -> outcomes.put(outcome.shell(), outcome));
    }

    private HostState take(HostLock lock) {
        return HostState.parse(lock.take(target.surveys().survey(), context.cancellation()));
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

    /**
     * Takes again what was lost with a connection that broke meanwhile.
     *
     * @throws io.deployflow.TargetLockedException if somebody else was faster
     */
    void renew(DeployContext phase) {
        List<RemoteShell> lost = target.fleet().shells().stream()
                .filter(shell -> !shell.isInSession())
                .toList();
        target.fleet()
                .on(lost, phase, shell -> shell.session(phase.cancellation()))
                .orThrowItsKind(TargetUnreachableException::new);
    }

    @Override
    public void close() {
        target.fleet().forget();
        // All hosts do it at the same time.
        locks.values().forEach(HostLock::release);
        locks.values().forEach(HostLock::close);
        locks.clear();
    }
}
