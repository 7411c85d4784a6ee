package io.deployflow.ecs;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** Services, deployments and tasks as ECS describes them. */
final class Fixtures {
    static final String OLD = "arn:aws:ecs:r:1:task-definition/puma:17";
    static final String NEW = "arn:aws:ecs:r:1:task-definition/puma:18";
    static final String OTHER = "arn:aws:ecs:r:1:task-definition/puma:19";
    static final Attempt ATTEMPT = new Attempt(
            "puma", NEW, "ecs-svc/2", Optional.of(Instant.EPOCH), List.of("ecs-svc/1"), Optional.of("arn:record-1"));

    private Fixtures() {}

    static Deployment deployment(String id, String status, String taskDefinition, String rolloutState, String reason) {
        return Deployment.builder()
                .id(id)
                .status(status)
                .taskDefinition(taskDefinition)
                .rolloutState(rolloutState)
                .rolloutStateReason(reason)
                .desiredCount(2)
                .runningCount(2)
                .build();
    }

    static Service service(Deployment... deployments) {
        return Service.builder()
                .serviceName("puma")
                .status("ACTIVE")
                .desiredCount(2)
                .deployments(deployments)
                .build();
    }

    static ServiceDeployment record(String status) {
        return ServiceDeployment.builder()
                .serviceDeploymentArn("arn:record-2")
                .status(status)
                .build();
    }

    static Task stopped(String id, String startedBy, TaskStopCode code, String reason, Container... containers) {
        return Task.builder()
                .taskArn("arn:aws:ecs:r:1:task/app/" + id)
                .taskDefinitionArn(NEW)
                .startedBy(startedBy)
                .lastStatus("STOPPED")
                .desiredStatus("STOPPED")
                .createdAt(Instant.EPOCH)
                .stopCode(code)
                .stoppedReason(reason)
                .containers(containers)
                .build();
    }

    static Container exited(int status) {
        return Container.builder().name("app").exitCode(status).build();
    }

    static Task running(String id, String startedBy, String lastStatus) {
        return Task.builder()
                .taskArn("arn:aws:ecs:r:1:task/app/" + id)
                .taskDefinitionArn(NEW)
                .startedBy(startedBy)
                .lastStatus(lastStatus)
                .desiredStatus("RUNNING")
                .createdAt(Instant.EPOCH)
                .build();
    }
}
