package io.deployflow.ssh;

import io.deployflow.ConfigurationException;
import io.deployflow.LogQuery;
import io.deployflow.Maintenance;
import io.deployflow.OneOffTask;
import io.deployflow.UnitCommand;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.OperationResult;
import io.deployflow.spi.TargetOperations;
import java.util.Optional;

/** What can be done to hosts between deploys. */
record SshOperations(SshTarget target, SshSettings settings) implements TargetOperations {
    @Override
    public OperationResult lock(Optional<String> reason, DeployContext context) {
        return new ManualLock(target).lock(reason, context);
    }

    @Override
    public OperationResult unlock(boolean force, DeployContext context) {
        return new ManualLock(target).unlock(force, context);
    }

    @Override
    public OperationResult maintenance(Maintenance wanted, DeployContext context) {
        return new MaintenancePage(target, settings.maintenance().flatMap(MaintenanceSettings::template))
                .set(wanted, context);
    }

    @Override
    public OperationResult exec(UnitCommand command, DeployContext context) {
        return new HostExec(target).run(command, context);
    }

    @Override
    public OperationResult prune(DeployContext context) {
        return new ManualPrune(target).run(context);
    }

    @Override
    public OperationResult run(OneOffTask task, DeployContext context) {
        throw cannot("run a command beside what serves", "'deployflow exec' runs it on its hosts.", context);
    }

    @Override
    public OperationResult scale(int count, Optional<String> service, DeployContext context) {
        throw cannot("be scaled", "Add or remove 'hosts' in the deploy file instead.", context);
    }

    @Override
    public OperationResult logs(LogQuery query, DeployContext context) {
        throw cannot("show logs", "'deployflow exec TARGET -- tail -n 100 log/production.log' shows them.", context);
    }

    private static ConfigurationException cannot(String what, String remedy, DeployContext context) {
        return new ConfigurationException("target '" + context.target() + "', of type 'ssh', cannot " + what, remedy);
    }
}
