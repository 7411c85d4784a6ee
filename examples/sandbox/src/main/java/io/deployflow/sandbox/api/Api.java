package io.deployflow.sandbox.api;

import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.Clouds;
import io.deployflow.sandbox.iam.Identities;
import io.deployflow.sandbox.wire.Operations;

/** Every operation that the sandbox has, but those of STS. */
final class Api {

    /** The service that the sandbox's own operations are in. */
    static final String OWN = "_sandbox";

    private Api() {}

    /** The operations of an account in a region. */
    static Operations of(Cloud cloud, Identities identities) {
        Operations operations = new Operations();
        new EcsClusters(cloud).addTo(operations);
        new EcsTaskDefinitions(cloud).addTo(operations);
        new EcsServices(cloud).addTo(operations);
        new EcsTasks(cloud).addTo(operations);
        new EcsServiceDeployments(cloud).addTo(operations);
        new EcsTags(cloud).addTo(operations);
        new EcsContainerInstances(cloud).addTo(operations);
        new Ecr(cloud).addTo(operations);
        new Elb(cloud).addTo(operations);
        new ElbRules(cloud).addTo(operations);
        new ElbTargetGroups(cloud).addTo(operations);
        new ElbTargets(cloud).addTo(operations);
        new Logs(cloud).addTo(operations);
        new Iam(cloud, identities).addTo(operations);
        new SecretsManager(cloud).addTo(operations);
        new ParameterStore(cloud).addTo(operations);
        new ServiceQuotas(cloud).addTo(operations);
        new AutoScaling(cloud).addTo(operations);
        return operations;
    }

    /** The sandbox's own operations. */
    static Operations ownOf(Clouds clouds) {
        Operations operations = new Operations();
        new IamSettings(clouds).addTo(operations);
        new HookSettings(clouds.hooks()).addTo(operations);
        new QuotaSettings(clouds).addTo(operations);
        new Circumstances(clouds).addTo(operations);
        return operations;
    }
}
