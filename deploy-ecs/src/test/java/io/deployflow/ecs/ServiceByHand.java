package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.CancellationToken;
import io.deployflow.spi.Poller;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * Looks at the service and changes it as somebody would who does not use deployflow.
 *
 * @param ecs asks the sandbox
 * @param registry its registry's host and port
 */
record ServiceByHand(EcsClient ecs, String registry) {

    /** Sets how many tasks are wanted, and waits until there are. */
    void scale(int tasks) {
        ecs.updateService(
                request -> request.cluster(Story.CLUSTER).service(Story.SERVICE).desiredCount(tasks));
        Optional<Boolean> reached = Poller.every(Duration.ofMillis(200))
                .ask(
                        Duration.ofMinutes(1),
                        CancellationToken.create(),
                        () -> Optional.of(steadyAt(tasks)).filter(steady -> steady));
        assertThat(reached).isPresent();
    }

    private boolean steadyAt(int tasks) {
        Service service = ecs.describeServices(
                        request -> request.cluster(Story.CLUSTER).services(Story.SERVICE))
                .services()
                .get(0);
        return service.runningCount() == tasks
                && ServiceView.inFlight(service).isEmpty()
                && service.deployments().size() == 1;
    }

    TaskDefinition live() {
        String arn = ecs.describeServices(
                        request -> request.cluster(Story.CLUSTER).services(Story.SERVICE))
                .services()
                .get(0)
                .taskDefinition();
        return ecs.describeTaskDefinition(request -> request.taskDefinition(arn))
                .taskDefinition();
    }

    String liveImage() {
        return live().containerDefinitions().get(0).image();
    }

    /** Registers a task definition as somebody would who does not use deployflow. */
    String register(String image) {
        TaskDefinition live = live();
        String whole = image.contains(registry) ? image : registry + "/" + image;
        ContainerDefinition container =
                live.containerDefinitions().get(0).toBuilder().image(whole).build();
        RegisterTaskDefinitionRequest request = RegisterTaskDefinitionRequest.builder()
                .family(live.family())
                .networkMode(live.networkMode())
                .containerDefinitions(container)
                .build();
        return TaskDefinitions.id(ecs.registerTaskDefinition(request).taskDefinition());
    }

    void update(String taskDefinition) {
        ecs.updateService(
                request -> request.cluster(Story.CLUSTER).service(Story.SERVICE).taskDefinition(taskDefinition));
    }
}
