package io.deployflow.ecs;

import io.deployflow.ConfigurationException;
import io.deployflow.LogQuery;
import io.deployflow.Maintenance;
import io.deployflow.OneOffTask;
import io.deployflow.UnitCommand;
import io.deployflow.spi.DeployContext;
import io.deployflow.spi.OperationResult;
import io.deployflow.spi.TargetOperations;
import java.util.Optional;

/** What can be done to a service between deploys, and what cannot, with a sentence about what to do instead. */
record EcsOperations(OneOffRun runs, Scaling scaling, ServiceLogs logs, ManualDeregistration pruning)
        implements TargetOperations {

    @Override
    public OperationResult run(OneOffTask task, DeployContext context) {
        return runs.run(task, context);
    }

    @Override
    public OperationResult scale(int count, Optional<String> service, DeployContext context) {
        return scaling.run(count, service, context);
    }

    @Override
    public OperationResult logs(LogQuery query, DeployContext context) {
        return logs.run(query, context);
    }

    @Override
    public OperationResult prune(DeployContext context) {
        return pruning.run(context);
    }

    @Override
    public OperationResult lock(Optional<String> reason, DeployContext context) {
        throw cannot("be locked", "ECS has no lock: a deployment in flight keeps others out.", context);
    }

    @Override
    public OperationResult unlock(boolean force, DeployContext context) {
        throw cannot("be unlocked", "ECS has no lock: 'in_flight' says what a deployment in flight means.", context);
    }

    @Override
    public OperationResult maintenance(Maintenance wanted, DeployContext context) {
        throw cannot("put a maintenance page up", "Have the load balancer answer it with a fixed response.", context);
    }

    @Override
    public OperationResult exec(UnitCommand command, DeployContext context) {
        throw cannot(
                "run a command in its tasks",
                "'deployflow run' runs it in a task of its own; 'aws ecs execute-command' reaches into one that serves.",
                context);
    }

    private static ConfigurationException cannot(String what, String remedy, DeployContext context) {
        return new ConfigurationException("target '" + context.target() + "', of type 'ecs', cannot " + what, remedy);
    }
}
