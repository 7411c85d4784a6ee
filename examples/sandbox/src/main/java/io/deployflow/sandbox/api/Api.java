package io.deployflow.sandbox.api;

import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.wire.Operations;

/** Every operation that the sandbox has. */
public final class Api {

    private Api() {}

    /**
     * Makes the table.
     *
     * @param cloud what the operations read and change
     * @return the table
     */
    public static Operations of(Cloud cloud) {
        Operations operations = new Operations();
        new EcsClusters(cloud).addTo(operations);
        new EcsTaskDefinitions(cloud).addTo(operations);
        new EcsServices(cloud).addTo(operations);
        new EcsTasks(cloud).addTo(operations);
        new EcsServiceDeployments(cloud).addTo(operations);
        new EcsTags(cloud).addTo(operations);
        new Ecr(cloud).addTo(operations);
        new Elb(cloud).addTo(operations);
        new ElbTargetGroups(cloud).addTo(operations);
        new ElbTargets(cloud).addTo(operations);
        new Logs(cloud).addTo(operations);
        new Sts(cloud).addTo(operations);
        return operations;
    }
}
