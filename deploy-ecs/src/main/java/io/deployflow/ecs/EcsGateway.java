package io.deployflow.ecs;

import io.deployflow.ConfigurationException;
import io.deployflow.PushException;
import io.deployflow.RolloutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** The calls to ECS about one service. What they throw says which call it was. */
final class EcsGateway {
    private static final int TASKS_A_CALL = 100;

    private final AwsClients clients;
    private final EcsSettings settings;

    EcsGateway(AwsClients clients, EcsSettings settings) {
        this.clients = clients;
        this.settings = settings;
    }

    /** A task definition and its tags. */
    record Described(TaskDefinition definition, List<Tag> tags) {}

    /** The cluster; empty if there is none of the name. */
    Optional<Cluster> cluster() {
        return read("DescribeClusters", ecs -> ecs.describeClusters(request -> request.clusters(settings.cluster())))
                .clusters()
                .stream()
                .findFirst();
    }

    /** Names of the account's clusters. */
    List<String> clusterNames() {
        return read("ListClusters", EcsClient::listClusters).clusterArns().stream()
                .map(TaskDefinitions::id)
                .toList();
    }

    /** The service; empty if the cluster has none of the name. */
    Optional<Service> findService() {
        return read(
                        "DescribeServices",
                        ecs -> ecs.describeServices(
                                request -> request.cluster(settings.cluster()).services(settings.service())))
                .services()
                .stream()
                .findFirst();
    }

    /**
     * The service.
     *
     * @throws ConfigurationException if it is gone
     */
    Service service() {
        return findService()
                .orElseThrow(() -> new ConfigurationException(
                        "cluster " + settings.cluster() + " has no service '" + settings.service() + "'",
                        "Check 'cluster' and 'service'."));
    }

    /** Names of the cluster's services. */
    List<String> serviceNames() {
        return read("ListServices", ecs -> ecs.listServices(request -> request.cluster(settings.cluster())))
                .serviceArns()
                .stream()
                .map(TaskDefinitions::id)
                .toList();
    }

    /** A task definition by its ARN. */
    Described taskDefinition(String arn) {
        var answer = read(
                "DescribeTaskDefinition",
                ecs -> ecs.describeTaskDefinition(
                        request -> request.taskDefinition(arn).include(TaskDefinitionField.TAGS)));
        return new Described(answer.taskDefinition(), answer.tags());
    }

    /** The newest task definitions of a family, newest first. */
    List<String> taskDefinitions(String family, int most) {
        ListTaskDefinitionsRequest request = ListTaskDefinitionsRequest.builder()
                .familyPrefix(family)
                .status(TaskDefinitionStatus.ACTIVE)
                .sort(SortOrder.DESC)
                .maxResults(most)
                .build();
        return read("ListTaskDefinitions", ecs -> ecs.listTaskDefinitions(request))
                .taskDefinitionArns();
    }

    /** Registers a revision of a task definition. */
    TaskDefinition register(RegisterTaskDefinitionRequest request) {
        return AwsErrors.sending(
                        "ecs:RegisterTaskDefinition",
                        PushException::new,
                        () -> clients.ecs().registerTaskDefinition(request))
                .taskDefinition();
    }

    /** Begins a deployment; the answer is the service with it. */
    Service update(UpdateServiceRequest request) {
        return AwsErrors.sending(
                        "ecs:UpdateService",
                        RolloutException::new,
                        () -> clients.ecs().updateService(request))
                .service();
    }

    /** Sets tags of a task definition. */
    void tag(String arn, Tag tag) {
        read(
                "TagResource",
                ecs -> ecs.tagResource(request -> request.resourceArn(arn).tags(tag)));
    }

    /** The service's tasks: those that should run, and those that should not, up to an hour after they stopped. */
    List<Task> tasks() {
        return Stream.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED)
                .flatMap(status -> tasks(status).stream())
                .toList();
    }

    /** The service's tasks that should run, or those that should not. */
    List<Task> tasks(DesiredStatus status) {
        List<String> arns = read(
                "ListTasks",
                ecs -> ecs
                        .listTasksPaginator(request -> request.cluster(settings.cluster())
                                .serviceName(settings.service())
                                .desiredStatus(status))
                        .taskArns()
                        .stream()
                        .toList());
        List<Task> tasks = new ArrayList<>();
        for (int from = 0; from < arns.size(); from += TASKS_A_CALL) {
            List<String> some = arns.subList(from, Math.min(from + TASKS_A_CALL, arns.size()));
            tasks.addAll(read(
                            "DescribeTasks",
                            ecs -> ecs.describeTasks(request ->
                                    request.cluster(settings.cluster()).tasks(some)))
                    .tasks());
        }
        return tasks;
    }

    private <T> T read(String call, Function<EcsClient, T> request) {
        return AwsErrors.reading("ecs:" + call, () -> request.apply(clients.ecs()));
    }
}
