package io.deployflow.ecs;

import io.deployflow.Release;
import io.deployflow.Status;
import io.deployflow.spi.DeployContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/** Says what the services run now, and what a person should know of it. */
final class StatusReader {
    private final EcsGateway ecs;
    private final ReleaseHistory history;
    private final TaskNames names;
    private final LeftTasks left;
    private final ServiceDeployments records;

    StatusReader(EcsGateway ecs, ReleaseHistory history, TaskNames names, LeftTasks left, ServiceDeployments records) {
        this.records = records;
        this.left = left;
        this.names = names;
        this.ecs = ecs;
        this.history = history;
    }

    /** Reads. */
    Status read(DeployContext context) {
        Map<String, Service> services = ecs.services();
        List<Task> tasks = ecs.tasks().running();
        Map<String, String> serving = ReleaseHistory.serving(services);
        boolean isThere = services.values().stream().noneMatch(ServiceView::isDeleted);
        Optional<String> leading = Optional.ofNullable(
                        serving.get(services.keySet().iterator().next()))
                .filter(arn -> isThere && isEverywhere(serving, tasks));
        List<String> notices = new ArrayList<>();
        services.forEach((name, service) -> notices.addAll(notices(name, service, ofService(name, tasks))));
        notices.addAll(left.notices(
                TaskDefinitions.family(services.values().iterator().next().taskDefinition())));
        history.newest(services, context)
                .filter(release -> isLeftOver(services.values(), release))
                .ifPresent(release -> notices.add(leftOver(release)));
        return new Status(
                context.target(),
                leading.map(arn -> history.release(arn, serving))
                        .filter(release -> release.state() == Release.State.LIVE)
                        .map(Release.class::cast),
                tasks.stream().map(this::unit).toList(),
                notices,
                isThere);
    }

    private List<Task> ofService(String name, List<Task> tasks) {
        return names.several()
                ? tasks.stream()
                        .filter(task -> TaskNames.service(task).equals(Optional.of(name)))
                        .toList()
                : tasks;
    }

    private static boolean isEverywhere(Map<String, String> serving, List<Task> tasks) {
        return tasks.stream()
                .filter(TaskView::serves)
                .allMatch(task -> serving.containsValue(task.taskDefinitionArn()));
    }

    private Status.Unit unit(Task task) {
        return new Status.Unit(
                names.of(task),
                TaskDefinitions.id(task.taskDefinitionArn()),
                TaskView.serves(task),
                TaskView.state(task) + (task.startedAt() == null ? "" : " since " + task.startedAt()));
    }

    private List<String> notices(String name, Service service, List<Task> tasks) {
        List<String> notices = new ArrayList<>();
        String of = names.several() ? name + ": " : "";
        if (ServiceView.isDeleted(service)) {
            return List.of(of + "the service has been deleted: it is " + service.status());
        }
        ServiceView.inFlight(service)
                .ifPresent(deployment ->
                        notices.add(of + inFlight(deployment) + stage(service).orElse("")));
        if (ServiceView.inFlight(service).isPresent() || service.deployments().size() > 1) {
            service.deployments().forEach(deployment -> notices.add(of + ServiceView.line(deployment)));
        }
        int desired = ServiceView.count(service.desiredCount());
        long healthy = tasks.stream().filter(TaskView::serves).count();
        if (desired == 0) {
            notices.add(of + "the service is to run 0 tasks");
        } else if (healthy < desired) {
            notices.add(of + "only " + healthy + " of " + desired + " tasks serve");
        }
        ServiceView.primary(service)
                .filter(primary -> primary.rolloutState() == DeploymentRolloutState.FAILED)
                .ifPresent(primary -> notices.add(
                        of + "deployment " + primary.id() + " has failed: " + primary.rolloutStateReason()));
        return notices;
    }

    private static String leftOver(EcsRelease release) {
        return release.id() + " (revision " + release.revision() + ") was registered by " + release.createdBy() + " at "
                + release.createdAt() + " and never rolled out";
    }

    private String inFlight(Deployment deployment) {
        String by = ReleaseTags.read(
                        ecs.taskDefinition(deployment.taskDefinition()).tags())
                .map(ReleaseTags::by)
                .orElse("unknown");
        return "deployment " + deployment.id() + " of " + TaskDefinitions.id(deployment.taskDefinition())
                + " is in flight since " + deployment.createdAt() + ", by " + by;
    }

    /** How far a deployment is that shifts traffic: its counters alone do not tell who gets the traffic. */
    private Optional<String> stage(Service service) {
        return Optional.ofNullable(service.currentServiceDeployment())
                .filter(arn -> !ServiceChecks.isRolling(service))
                .flatMap(arn ->
                        Optional.ofNullable(records.describe(List.of(arn)).get(arn)))
                .flatMap(record -> Stages.of(record)
                        .map(stage -> "; stage " + Stages.number(stage) + " of " + Stages.count() + ": "
                                + Stages.line(record)));
    }

    /** What a tool that was killed between push and rollout leaves: the newest release, and no deployment of it. */
    private static boolean isLeftOver(Collection<Service> services, EcsRelease release) {
        return release.state() == Release.State.STAGED
                && !release.revision().equals("unknown")
                && services.stream()
                        .flatMap(service -> service.deployments().stream())
                        .noneMatch(deployment -> release.lead().arn().equals(deployment.taskDefinition()));
    }
}
