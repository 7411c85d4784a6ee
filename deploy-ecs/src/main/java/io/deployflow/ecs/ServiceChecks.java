package io.deployflow.ecs;

import io.deployflow.ConfigurationException;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentController;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.DeploymentStrategy;
import software.amazon.awssdk.services.ecs.model.Service;

/** Whether a service is one that can be deployed to, as it is described. */
final class ServiceChecks {
    private static final String ACTIVE = "ACTIVE";

    private ServiceChecks() {}

    /**
     * Checks.
     *
     * @throws ConfigurationException if a deployment to it could not work
     */
    static void check(Service service) {
        String name = "service " + service.serviceName();
        if (!ACTIVE.equals(service.status())) {
            throw new ConfigurationException(
                    name + " is " + service.status() + ", not " + ACTIVE, "Create it anew, or deploy to another.");
        }
        checkController(name, service.deploymentController());
        Batch batch = Batch.of(service);
        if (isRolling(service) && batch.isStuck()) {
            throw new ConfigurationException(
                    name + " could not replace a task: of " + batch.desired() + " at least " + batch.least()
                            + " must run, and at most " + batch.most() + " may",
                    "Lower minimumHealthyPercent or raise maximumPercent of the service.");
        }
    }

    private static void checkController(String name, DeploymentController controller) {
        if (controller == null || controller.type() == DeploymentControllerType.ECS) {
            return;
        }
        String remedy = controller.type() == DeploymentControllerType.CODE_DEPLOY
                ? "Deploy it with AWS CodeDeploy, or create the service with the deployment controller ECS."
                : "Deploy it with what manages its task sets, or create it with the deployment controller ECS.";
        throw new ConfigurationException(
                name + " is under the deployment controller " + controller.typeAsString() + ", not ECS", remedy);
    }

    /** The other strategies start a whole second set of tasks: no floor and no ceiling holds them up. */
    static boolean isRolling(Service service) {
        DeploymentConfiguration configuration = service.deploymentConfiguration();
        return configuration == null
                || configuration.strategy() == null
                || configuration.strategy() == DeploymentStrategy.ROLLING;
    }
}
