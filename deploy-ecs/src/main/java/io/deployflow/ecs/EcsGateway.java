package io.deployflow.ecs;

import io.deployflow.ConfigurationException;
import io.deployflow.OperationException;
import io.deployflow.RolloutException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** The calls to ECS about the services of one target. What they throw says which call it was. */
final class EcsGateway {
    private static final int SERVICES_A_CALL = 10;
    private static final int SERVICES_LISTED = 100;

    private final AwsClients clients;
    private final EcsSettings settings;
    private final TaskCalls tasks;
    private final OnceOnly once;
    private final Map<String, Described> remembered = new ConcurrentHashMap<>();

    EcsGateway(AwsClients clients, EcsSettings settings) {
        this.clients = clients;
        this.settings = settings;
        this.tasks = new TaskCalls(clients, settings);
        this.once = new OnceOnly(clients, this);
    }

    /** A task definition and its tags. */
    record Described(TaskDefinition definition, List<Tag> tags) {}

    /** The calls about tasks. */
    TaskCalls tasks() {
        return tasks;
    }

    /** The cluster; empty if there is none of the name. */
    Optional<Cluster> cluster() {
        return read("DescribeClusters", ecs -> ecs.describeClusters(request -> request.clusters(settings.cluster())))
                .clusters()
                .stream()
                .findFirst();
    }

    /** Names of the account's clusters. */
    List<String> clusterNames() {
        return clusters().stream().map(TaskDefinitions::id).toList();
    }

    /** Those of some services that the cluster has, in the order of the names. */
    List<Service> find(List<String> names) {
        return Chunks.of(names, SERVICES_A_CALL).stream()
                .flatMap(some -> describe(some).stream())
                .toList();
    }

    private List<Service> describe(List<String> names) {
        List<Service> found = read(
                        "DescribeServices",
                        ecs -> ecs.describeServices(
                                request -> request.cluster(settings.cluster()).services(names)))
                .services();
        return names.stream().flatMap(name -> named(name, found).stream()).toList();
    }

    private static Optional<Service> named(String name, List<Service> services) {
        return services.stream()
                .filter(service -> name.equals(service.serviceName()) || name.equals(service.serviceArn()))
                .findFirst();
    }

    /**
     * Every service of the target, by its name in the settings and in their order.
     *
     * @throws ConfigurationException if one is gone
     */
    Map<String, Service> services() {
        return services(
                settings.members().stream().map(EcsSettings.Member::service).toList());
    }

    /**
     * Some services by their names in the settings, in this order.
     *
     * @throws ConfigurationException if one is gone
     */
    Map<String, Service> services(List<String> names) {
        List<Service> found = find(names);
        Map<String, Service> services = new LinkedHashMap<>();
        for (String name : names) {
            services.put(name, named(name, found).orElseThrow(() -> gone(name)));
        }
        return services;
    }

    /**
     * One service by its name in the settings.
     *
     * @throws ConfigurationException if it is gone
     */
    Service service(String name) {
        return find(List.of(name)).stream().findFirst().orElseThrow(() -> gone(name));
    }

    private ConfigurationException gone(String name) {
        return new ConfigurationException(
                "cluster " + settings.cluster() + " has no service '" + name + "'",
                Nearest.remedy("service", name, this::serviceNames));
    }

    /**
     * Every service of the target with its task definition.
     *
     * @throws ConfigurationException if one is gone
     */
    List<LiveService> live() {
        Map<String, Service> services = services();
        Map<String, Described> definitions = new HashMap<>();
        return settings.members().stream()
                .map(member -> {
                    Service service = Objects.requireNonNull(services.get(member.service()));
                    if (service.taskDefinition() == null) {
                        ServiceChecks.check(service); // One whose tasks ECS does not deploy has none of its own.
                    }
                    Described live = definitions.computeIfAbsent(service.taskDefinition(), this::taskDefinition);
                    return new LiveService(member, service, live);
                })
                .toList();
    }

    /** Names of the cluster's services. */
    List<String> serviceNames() {
        return serviceArns(settings.cluster()).stream().map(TaskDefinitions::id).toList();
    }

    /** A task definition by its ARN. */
    Described taskDefinition(String arn) {
        var answer = read(
                "DescribeTaskDefinition",
                ecs -> ecs.describeTaskDefinition(
                        request -> request.taskDefinition(arn).include(TaskDefinitionField.TAGS)));
        Described described = new Described(answer.taskDefinition(), answer.tags());
        remembered.put(arn, described);
        return described;
    }

    /** The same, as it was when it was described last: what it says never changes, and its tags seldom. */
    Described remembered(String arn) {
        Described there = remembered.get(arn);
        return there == null ? taskDefinition(arn) : there;
    }

    /** Whether one was described. */
    boolean isRemembered(String arn) {
        return remembered.containsKey(arn);
    }

    /** All task definitions of a family that are in use, newest first. */
    List<String> taskDefinitions(String family) {
        return read(
                "ListTaskDefinitions",
                ecs -> ecs
                        .listTaskDefinitionsPaginator(request -> request.familyPrefix(family)
                                .status(TaskDefinitionStatus.ACTIVE)
                                .sort(SortOrder.DESC))
                        .taskDefinitionArns()
                        .stream()
                        .toList());
    }

    /** The newest task definitions of a family, newest first. */
    List<String> taskDefinitions(String family, int most) {
        ListTaskDefinitionsRequest request = ListTaskDefinitionsRequest.builder()
                .familyPrefix(family)
                .status(TaskDefinitionStatus.ACTIVE)
                .sort(SortOrder.DESC)
                .maxResults(most)
                .build();
        return read(
                "ListTaskDefinitions",
                ecs -> ecs.listTaskDefinitionsPaginator(request).taskDefinitionArns().stream()
                        .limit(most)
                        .toList());
    }

    /** The calls that must not be carried out twice. */
    OnceOnly once() {
        return once;
    }

    /** Begins a deployment; the answer is the service with it. */
    Service update(UpdateServiceRequest request) {
        return AwsErrors.sending(
                        "ecs:UpdateService",
                        RolloutException::new,
                        () -> clients.ecs().updateService(request))
                .service();
    }

    /** Sets how many tasks a service is to have. */
    void scale(UpdateServiceRequest request) {
        AwsErrors.sending(
                "ecs:UpdateService",
                OperationException::new,
                () -> clients.ecs().updateService(request));
    }

    /** Takes a task definition out of use; what runs of it goes on. */
    void deregister(String arn) {
        read("DeregisterTaskDefinition", ecs -> ecs.deregisterTaskDefinition(request -> request.taskDefinition(arn)));
    }

    /** All services of all clusters. */
    List<Service> servicesEverywhere() {
        return clusters().stream()
                .flatMap(cluster -> servicesOf(cluster).stream())
                .toList();
    }

    private List<String> clusters() {
        return read(
                "ListClusters",
                ecs -> ecs.listClustersPaginator().clusterArns().stream().toList());
    }

    private List<String> serviceArns(String cluster) {
        return read(
                "ListServices",
                ecs -> ecs
                        .listServicesPaginator(
                                request -> request.cluster(cluster).maxResults(SERVICES_LISTED))
                        .serviceArns()
                        .stream()
                        .toList());
    }

    private List<Service> servicesOf(String cluster) {
        return Chunks.of(serviceArns(cluster), SERVICES_A_CALL).stream()
                .flatMap(some -> read(
                        "DescribeServices",
                        ecs -> ecs.describeServices(
                                request -> request.cluster(cluster).services(some)))
                        .services()
                        .stream())
                .toList();
    }

    /** Sets tags of a task definition. */
    void tag(String arn, List<Tag> tags) {
        read(
                "TagResource",
                ecs -> ecs.tagResource(request -> request.resourceArn(arn).tags(tags)));
        remembered.computeIfPresent(
                arn, (same, before) -> new Described(before.definition(), merged(before.tags(), tags)));
    }

    private static List<Tag> merged(List<Tag> before, List<Tag> set) {
        Map<String, Tag> tags = new LinkedHashMap<>();
        Stream.concat(before.stream(), set.stream()).forEach(tag -> tags.put(tag.key(), tag));
        return List.copyOf(tags.values());
    }

    private <T> T read(String call, Function<EcsClient, T> request) {
        return AwsErrors.reading("ecs:" + call, () -> request.apply(clients.ecs()));
    }
}
