package io.deployflow.ecs;

import io.deployflow.Release;
import io.deployflow.Status;
import io.deployflow.spi.DeployContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/** Says what a service runs now, and what a person should know of it. */
final class StatusReader {
    private final EcsGateway ecs;
    private final ReleaseHistory history;

    StatusReader(EcsGateway ecs, ReleaseHistory history) {
        this.ecs = ecs;
        this.history = history;
    }

    /** Reads. */
    Status read(DeployContext context) {
        Service service = ecs.service();
        List<Task> tasks = ecs.tasks(DesiredStatus.RUNNING);
        Optional<String> serving = ServiceView.serving(service).filter(arn -> isEverywhere(arn, tasks));
        return new Status(
                context.target(),
                serving.map(arn -> history.release(arn, serving)),
                tasks.stream().map(StatusReader::unit).toList(),
                notices(service, tasks, history.newest(service, context)));
    }

    private static boolean isEverywhere(String arn, List<Task> tasks) {
        return tasks.stream().filter(TaskView::serves).allMatch(task -> arn.equals(task.taskDefinitionArn()));
    }

    private static Status.Unit unit(Task task) {
        return new Status.Unit(
                TaskView.name(task),
                TaskDefinitions.id(task.taskDefinitionArn()),
                TaskView.serves(task),
                TaskView.state(task) + (task.startedAt() == null ? "" : " since " + task.startedAt()));
    }

    private List<String> notices(Service service, List<Task> tasks, Optional<EcsRelease> newest) {
        List<String> notices = new ArrayList<>();
        ServiceView.inFlight(service).ifPresent(deployment -> notices.add(inFlight(deployment)));
        if (ServiceView.inFlight(service).isPresent() || service.deployments().size() > 1) {
            service.deployments().forEach(deployment -> notices.add(ServiceView.line(deployment)));
        }
        int desired = ServiceView.count(service.desiredCount());
        long healthy = tasks.stream().filter(TaskView::serves).count();
        if (desired == 0) {
            notices.add("the service is to run 0 tasks");
        } else if (healthy < desired) {
            notices.add("only " + healthy + " of " + desired + " tasks serve");
        }
        ServiceView.primary(service)
                .filter(primary -> primary.rolloutState() == DeploymentRolloutState.FAILED)
                .ifPresent(primary ->
                        notices.add("deployment " + primary.id() + " has failed: " + primary.rolloutStateReason()));
        newest.filter(release -> isLeftOver(service, release))
                .ifPresent(release -> notices.add(release.id() + " (revision "
                        + release.revision() + ") was registered by " + release.createdBy() + " at "
                        + release.createdAt()
                        + " and never rolled out"));
        return notices;
    }

    private String inFlight(Deployment deployment) {
        String by =
                history.release(deployment.taskDefinition(), Optional.empty()).createdBy();
        return "deployment " + deployment.id() + " of " + TaskDefinitions.id(deployment.taskDefinition())
                + " is in flight since " + deployment.createdAt() + ", by " + by;
    }

    /** What a tool that was killed between push and rollout leaves: the newest release, and no deployment of it. */
    private static boolean isLeftOver(Service service, EcsRelease release) {
        return release.state() == Release.State.STAGED
                && !release.revision().equals("unknown")
                && service.deployments().stream()
                        .noneMatch(deployment -> release.arn().equals(deployment.taskDefinition()));
    }
}
