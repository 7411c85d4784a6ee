package io.deployflow.ssh;

import io.deployflow.TargetUnreachableException;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.TargetLock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The locks of all hosts. */
final class FleetLock implements TargetLock {
    private final SshTarget target;
    private final List<HostLock> locks = new ArrayList<>();

    private FleetLock(SshTarget target) {
        this.target = target;
    }

    /**
     * Takes the lock of every host.
     *
     * @throws io.deployflow.TargetLockedException if somebody holds one; then none is held
     */
    static FleetLock take(SshTarget target, DeployContext context) {
        FleetLock lock = new FleetLock(target);
        try {
            // The first host decides who goes on, so that two deploys never hold a part of the hosts each.
            List<RemoteShell> sorted = target.fleet().shells().stream()
                    .sorted(Comparator.comparing(RemoteShell::label))
                    .toList();
            lock.take(sorted.subList(0, 1), context);
            lock.take(sorted.subList(1, sorted.size()), context);
            return lock;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void take(List<RemoteShell> shells, DeployContext context) {
        String owner = owner(context);
        Outcomes<HostLock> outcomes = target.fleet()
                .on(
                        shells,
                        context,
                        shell -> HostLock.take(shell, target.locks(), owner, context::warn, context.cancellation()));
        locks.addAll(outcomes.values());
        outcomes.orThrowItsKind(TargetUnreachableException::new);
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
    void renew(DeployContext context) {
        List<HostLock> lost = locks.stream().filter(lock -> !lock.isHeld()).toList();
        locks.removeAll(lost);
        lost.forEach(HostLock::close);
        take(lost.stream().map(HostLock::shell).toList(), context);
    }

    @Override
    public void close() {
        // All hosts do it at the same time.
        locks.forEach(HostLock::release);
        locks.forEach(HostLock::close);
        locks.clear();
    }
}
