package io.deployflow.ssh;

import io.deployflow.TargetUnreachableException;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.TargetLock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** The locks of all hosts, and what was on them when they were taken. */
final class FleetLock implements TargetLock {
    private final SshTarget target;
    private final DeployContext context;
    private final LockCommands.Claim claim;
    private final List<HostLock> locks = new CopyOnWriteArrayList<>();

    private FleetLock(SshTarget target, DeployContext context) {
        this.target = target;
        this.context = context;
        this.claim = new LockCommands.Claim(owner(context), UUID.randomUUID().toString());
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
            // The first host decides who goes on, so that two deploys never hold a part of the hosts each.
            List<RemoteShell> sorted = target.fleet().shells().stream()
                    .sorted(Comparator.comparing(RemoteShell::label))
                    .toList();
            Map<RemoteShell, HostState> states = new HashMap<>(lock.take(sorted.subList(0, 1)));
            states.putAll(lock.take(sorted.subList(1, sorted.size())));
            Map<RemoteShell, HostState> ordered = new LinkedHashMap<>();
            target.fleet().shells().forEach(shell -> ordered.put(shell, Objects.requireNonNull(states.get(shell))));
            target.fleet().remember(new FleetSurvey(ordered));
            return lock;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private Map<RemoteShell, HostState> take(List<RemoteShell> shells) {
        Outcomes<HostState> outcomes = target.fleet().on(shells, context, this::take);
        outcomes.orThrowItsKind(TargetUnreachableException::new);
        Map<RemoteShell, HostState> states = new HashMap<>();
        outcomes.all()
                .forEach(outcome -> states.put(outcome.shell(), outcome.value().orElseThrow()));
        return states;
    }

    private HostState take(RemoteShell shell) {
        HostLock lock = new HostLock(shell, target.locks(), claim, context::warn);
        locks.add(lock);
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
        locks.forEach(HostLock::release);
        locks.forEach(HostLock::close);
        locks.clear();
    }
}
