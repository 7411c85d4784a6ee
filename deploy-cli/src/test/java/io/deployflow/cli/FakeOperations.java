package io.deployflow.cli;

import io.deployflow.DeployException;
import io.deployflow.LogQuery;
import io.deployflow.Maintenance;
import io.deployflow.OneOffTask;
import io.deployflow.OperationException;
import io.deployflow.OperationReport;
import io.deployflow.TargetLockedException;
import io.deployflow.UnitCommand;
import io.deployflow.cli.FakeSettings.Fault;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.OperationResult;
import io.deployflow.spi.TargetOperations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** Operations on the two units of {@link FakeAdapter}; {@code app-2} does what its settings say. */
record FakeOperations(FakeSettings settings) implements TargetOperations {
    private static OperationReport.Unit unit(String name, String state, String detail) {
        return new OperationReport.Unit(
                name, !state.equals("failed"), state, detail, OptionalInt.empty(), Duration.ofMillis(5));
    }

    private OperationResult on(String state, String detail) {
        return settings.fails() == Fault.REACH
                ? new OperationResult(
                        List.of(unit("app1", state, detail), unit("app-2", "failed", "no route to host")),
                        Optional.of(new OperationException("app-2: no route to host", "Look at app-2.", "app-2", null)))
                : new OperationResult(
                        List.of(unit("app1", state, detail), unit("app-2", state, detail)), Optional.empty());
    }

    @Override
    public OperationResult lock(Optional<String> reason, DeployContext context) {
        if (settings.fails() == Fault.LOCK) {
            throw new TargetLockedException("app1: locked by hand by bob@desk since 10:02: lunch", "Ask bob.");
        }
        return on("locked", reason.orElse("no reason given"));
    }

    @Override
    public OperationResult unlock(boolean force, DeployContext context) {
        return on("unlocked", force ? "taken away from bob@desk" : "it was locked by hand by bob@desk");
    }

    @Override
    public OperationResult maintenance(Maintenance wanted, DeployContext context) {
        context.warn("app1: public/system is not linked");
        return on(
                wanted.on() ? "up" : "down",
                wanted.reason().orElse("-") + " " + wanted.until().orElse("-"));
    }

    @Override
    public OperationResult exec(UnitCommand command, DeployContext context) {
        context.unitChanged("app1", "waiting", "");
        context.unitChanged("app-2", "waiting", "");
        command.words().forEach(word -> context.output("app1", word));
        context.output("app-2", "");
        if (settings.fails() == Fault.HANG) {
            awaitCancel(context);
        }
        return switch (settings.fails()) {
            case NOTHING -> exited(OptionalInt.of(0), Optional.empty());
            case REACH ->
                exited(
                        OptionalInt.empty(),
                        Optional.of(new OperationException("1 of 2 hosts failed: app-2 (not answered)", "")));
            default ->
                exited(
                        OptionalInt.of(3),
                        Optional.of(new OperationException("1 of 2 hosts failed: app-2 (exit status 3)", "")));
        };
    }

    private static OperationResult exited(OptionalInt second, Optional<DeployException> failure) {
        return new OperationResult(
                List.of(
                        new OperationReport.Unit(
                                "app1", true, "exited", "exit status 0", OptionalInt.of(0), Duration.ofMillis(5)),
                        new OperationReport.Unit(
                                "app-2", failure.isEmpty(), "exited", "", second, Duration.ofMillis(5))),
                failure);
    }

    private static void awaitCancel(DeployContext context) {
        CountDownLatch cancelled = new CountDownLatch(1);
        context.cancellation().onCancel(cancelled::countDown);
        try {
            cancelled.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        context.cancellation().throwIfCancelled();
    }

    @Override
    public OperationResult run(OneOffTask task, DeployContext context) {
        context.output(
                "app1",
                task.words() + " " + task.container().orElse("-") + " "
                        + task.release().orElse("-") + " " + new TreeMap<>(task.environment()));
        return settings.fails() == Fault.BUILD
                ? new OperationResult(
                        List.of(new OperationReport.Unit(
                                "app1", false, "exited", "exit status 3", OptionalInt.of(3), Duration.ZERO)),
                        Optional.of(new OperationException("task app1 exited with 3", "")))
                : new OperationResult(
                        List.of(new OperationReport.Unit(
                                "app1", true, "exited", "exit status 0", OptionalInt.of(0), Duration.ZERO)),
                        Optional.empty());
    }

    @Override
    public OperationResult logs(LogQuery query, DeployContext context) {
        context.output("app1", query.toString());
        return on("read", "1 lines");
    }

    @Override
    public OperationResult scale(int count, Optional<String> service, DeployContext context) {
        return on("scaled", "2 -> " + count);
    }

    @Override
    public OperationResult prune(DeployContext context) {
        return settings.fails() == Fault.LOCK
                ? on("unchanged", "no release too many")
                : on("pruned", "removed 20251224180000");
    }
}
