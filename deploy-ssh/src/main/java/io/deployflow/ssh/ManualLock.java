package io.deployflow.ssh;

import io.deployflow.TargetLockedException;
import io.deployflow.TargetUnreachableException;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.OperationResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Locks all hosts by hand, or none, and removes their locks. */
record ManualLock(SshTarget target) {

    /** See {@link io.deployflow.spi.TargetOperations#lock}. */
    OperationResult lock(Optional<String> reason, DeployContext context) {
        new Reach(target).run("not locked", context);
        ManualOwner owner = ManualOwner.of(reason, context);
        // The first host decides who goes on, as in a deploy: two never hold a part of the hosts each.
        List<RemoteShell> sorted = target.fleet().shells().stream()
                .sorted(Comparator.comparing(RemoteShell::label))
                .toList();
        List<RemoteShell> ours = new ArrayList<>();
        try {
            Outcomes<OperationResults.Done> first = lock(sorted.subList(0, 1), owner, ours, context);
            Outcomes<OperationResults.Done> others = lock(sorted.subList(1, sorted.size()), owner, ours, context);
            return OperationResults.of(new Outcomes<>(
                    Stream.concat(first.all().stream(), others.all().stream()).toList()));
        } catch (RuntimeException e) {
            takeBack(ours, owner, context.uncancellable());
            throw e;
        }
    }

    private Outcomes<OperationResults.Done> lock(
            List<RemoteShell> shells, ManualOwner owner, List<RemoteShell> ours, DeployContext context) {
        ours.addAll(shells);
        Outcomes<OperationResults.Done> outcomes =
                target.fleet().on(shells, context, shell -> lock(shell, owner, context));
        outcomes.failed().stream()
                .filter(outcome -> outcome.failure()
                        .filter(OperationResults::isUnreachable)
                        .isEmpty())
                .forEach(outcome -> ours.remove(outcome.shell()));
        outcomes.orThrowItsKind(TargetUnreachableException::new);
        return outcomes;
    }

    private OperationResults.Done lock(RemoteShell shell, ManualOwner owner, DeployContext context) {
        CommandResult result = shell.run(target.manualLocks().lock(owner), context.cancellation());
        HostLock.checkAnswer(shell, result, context::warn);
        result.orFail("locking");
        return new OperationResults.Done("locked", owner.why());
    }

    private void takeBack(List<RemoteShell> shells, ManualOwner owner, DeployContext context) {
        target.fleet()
                .on(
                        shells,
                        context,
                        shell -> shell.run(target.manualLocks().takeBack(owner), context.cancellation())
                                .orFail("taking the lock back"))
                .failed()
                .forEach(outcome -> context.warn("%s: may be locked now, which could not be taken back (%s); unlock it"
                        .formatted(outcome.label(), OperationResults.why(outcome))));
    }

    /** See {@link io.deployflow.spi.TargetOperations#unlock}. */
    OperationResult unlock(boolean force, DeployContext context) {
        return OperationResults.of(target.fleet().onEach(context, shell -> unlock(shell, force, context)));
    }

    private OperationResults.Done unlock(RemoteShell shell, boolean force, DeployContext context) {
        CommandResult result = shell.run(target.manualLocks().unlock(force), context.cancellation());
        String answer = result.lastLine();
        String owner = answer.substring(answer.indexOf(' ') + 1);
        if (result.status() == LockCommands.HELD) {
            throw held(
                    shell, owner, "Wait for that deploy to end; '--force' takes its lock away while it is under way.");
        }
        result.orFail("unlocking");
        return switch (answer.split(" ", 2)[0]) {
            case "unlocked" -> new OperationResults.Done("unlocked", "it was locked by " + owner);
            case "stale" -> new OperationResults.Done("unlocked", "it was left by " + owner + ", who is gone");
            case "forced" -> new OperationResults.Done("unlocked", "it was taken away from " + owner);
            default -> new OperationResults.Done("free", "nobody had locked it");
        };
    }

    private static TargetLockedException held(RemoteShell shell, String owner, String remedy) {
        return new TargetLockedException(
                "%s: locked by %s".formatted(shell.label(), owner), remedy, shell.label(), null);
    }
}
