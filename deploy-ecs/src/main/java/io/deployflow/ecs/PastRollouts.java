package io.deployflow.ecs;

import io.deployflow.DeployException;
import io.deployflow.PastRollout;
import io.deployflow.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.Task;

/** Reads where the time of a service's last rollouts went, from what ECS remembers. */
final class PastRollouts {
    private static final int MOST = 5;

    private final AwsClients clients;
    private final TaskNames names;
    private final TargetGroups groups;
    private final Function<Service, List<Task>> tasks;
    private final Function<String, Release> releases;

    /**
     * A reader.
     *
     * @param tasks asks for a service's tasks, those that stopped within the last hour too
     * @param releases asks for a release by the ARN of its task definition
     */
    PastRollouts(
            AwsClients clients,
            TaskNames names,
            Function<Service, List<Task>> tasks,
            Function<String, Release> releases) {
        this.clients = clients;
        this.names = names;
        this.groups = new TargetGroups(clients);
        this.tasks = tasks;
        this.releases = releases;
    }

    /**
     * The last ones, newest first.
     *
     * @param now by this machine's clock; where that is slow, it is as late as AWS says
     */
    List<PastRollout> of(Service service, Instant now) {
        List<Task> seen = tasks.apply(service);
        Instant end = told(service, seen)
                .max(Comparator.naturalOrder())
                .filter(now::isBefore)
                .orElse(now);
        Optional<Duration> drain = groups.read(service, new Assumptions()).stream()
                .map(TargetGroupSettings::delay)
                .max(Comparator.naturalOrder());
        return deployments(service).stream()
                .map(past -> past.rollout(
                        service.serviceName(), releases.apply(past.taskDefinition()), names, seen, drain, end))
                .toList();
    }

    /** Moments that AWS tells. */
    private static Stream<Instant> told(Service service, List<Task> tasks) {
        return Stream.of(
                        service.events().stream().map(ServiceEvent::createdAt),
                        service.deployments().stream().map(Deployment::createdAt),
                        tasks.stream().flatMap(task -> Stream.of(task.createdAt(), task.startedAt())))
                .flatMap(moments -> moments)
                .filter(Objects::nonNull);
    }

    /** Who may not read ECS's own records is shown the newest deployment. */
    private List<PastDeployment> deployments(Service service) {
        try {
            return records(service);
        } catch (DeployException e) {
            if (e.getCause() instanceof AwsServiceException cause && AwsErrors.isUnavailable(cause)) {
                return ServiceView.primary(service).map(PastDeployment::of).stream()
                        .toList();
            }
            throw e;
        }
    }

    private List<PastDeployment> records(Service service) {
        List<String> newest = AwsErrors.reading(
                "ecs:ListServiceDeployments",
                () ->
                        ServiceDeployments.newest(clients.ecs(), service.clusterArn(), service.serviceArn(), MOST)
                                .stream()
                                .map(ServiceDeploymentBrief::serviceDeploymentArn)
                                .toList());
        if (newest.isEmpty()) {
            return List.of();
        }
        List<ServiceDeployment> records = AwsErrors.reading(
                "ecs:DescribeServiceDeployments",
                () -> clients.ecs()
                        .describeServiceDeployments(request -> request.serviceDeploymentArns(newest))
                        .serviceDeployments());
        Map<String, String> definitions = definitions(records);
        return records.stream()
                .filter(record -> record.targetServiceRevision() != null)
                .filter(record ->
                        definitions.containsKey(record.targetServiceRevision().arn()))
                .sorted(Comparator.comparing(ServiceDeployment::createdAt).reversed())
                .map(record -> PastDeployment.of(
                        record,
                        definitions.getOrDefault(record.targetServiceRevision().arn(), "")))
                .toList();
    }

    /** ARNs of task definitions by the service revision that has them. */
    private Map<String, String> definitions(List<ServiceDeployment> records) {
        List<String> revisions = records.stream()
                .filter(record -> record.targetServiceRevision() != null)
                .map(record -> record.targetServiceRevision().arn())
                .distinct()
                .toList();
        return AwsErrors.reading(
                "ecs:DescribeServiceRevisions",
                () -> clients
                        .ecs()
                        .describeServiceRevisions(request -> request.serviceRevisionArns(revisions))
                        .serviceRevisions()
                        .stream()
                        .collect(Collectors.toMap(
                                ServiceRevision::serviceRevisionArn, ServiceRevision::taskDefinition)));
    }
}
