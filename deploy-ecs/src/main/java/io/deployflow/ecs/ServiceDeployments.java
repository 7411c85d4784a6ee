package io.deployflow.ecs;

import io.deployflow.DeployException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentStopType;

/**
 * ECS's own records of deployments. An account may not be allowed to read them and an endpoint may not have them: then
 * every answer is empty, and the service's {@code deployments} have to do.
 */
final class ServiceDeployments {
    private static final int RECORDS_A_CALL = 20;
    private static final Set<ServiceDeploymentStatus> GOING_BACK = EnumSet.of(
            ServiceDeploymentStatus.ROLLBACK_REQUESTED,
            ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS,
            ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);

    private final AwsClients clients;
    private final EcsSettings settings;
    private volatile boolean unavailable;

    ServiceDeployments(AwsClients clients, EcsSettings settings) {
        this.clients = clients;
        this.settings = settings;
    }

    /** ARN of the newest record of a service. */
    Optional<String> newest(String service) {
        return ask(
                "ListServiceDeployments",
                ecs -> newest(ecs, settings.cluster(), service, 1).stream()
                        .findFirst()
                        .map(ServiceDeploymentBrief::serviceDeploymentArn));
    }

    /** The newest records of a service, newest first, as far as they are needed: so ECS gives its pages. */
    static List<ServiceDeploymentBrief> newest(EcsClient ecs, String cluster, String service, int most) {
        List<ServiceDeploymentBrief> found = new ArrayList<>();
        Optional<String> page = Optional.empty();
        do {
            ListServiceDeploymentsRequest request = ListServiceDeploymentsRequest.builder()
                    .cluster(cluster)
                    .service(service)
                    .nextToken(page.orElse(null))
                    .build();
            ListServiceDeploymentsResponse answer = ecs.listServiceDeployments(request);
            found.addAll(answer.serviceDeployments());
            page = Optional.ofNullable(answer.nextToken());
        } while (page.isPresent() && found.size() < most);
        return found.stream()
                .sorted(Comparator.comparing(ServiceDeploymentBrief::createdAt).reversed())
                .limit(most)
                .toList();
    }

    /** The records by their ARNs; one that is not there is left out. */
    Map<String, ServiceDeployment> describe(List<String> arns) {
        return Chunks.of(arns, RECORDS_A_CALL).stream()
                .flatMap(some -> described(some).stream())
                .collect(Collectors.toMap(ServiceDeployment::serviceDeploymentArn, record -> record));
    }

    private List<ServiceDeployment> described(List<String> arns) {
        return ask(
                        "DescribeServiceDeployments",
                        ecs -> Optional.of(
                                ecs.describeServiceDeployments(request -> request.serviceDeploymentArns(arns))
                                        .serviceDeployments()))
                .orElse(List.of());
    }

    /** Whether records can be had. */
    boolean isAvailable() {
        return !unavailable;
    }

    /**
     * The record of a rollout. It shows up a moment after the service was updated, so the newest one may still be that
     * of the deployment before, or that of somebody else's right after: what it deploys tells.
     *
     * @param earlier the newest record before the service was updated
     */
    Optional<ServiceDeployment> find(String service, String taskDefinition, Optional<String> earlier) {
        return newest(service)
                .filter(arn -> !Optional.of(arn).equals(earlier))
                .flatMap(arn -> described(List.of(arn)).stream().findFirst())
                .filter(record -> deploys(record, taskDefinition));
    }

    /** Whether it is what a record rolls out. */
    boolean deploys(ServiceDeployment record, String taskDefinition) {
        if (record.targetServiceRevision() == null) {
            return false;
        }
        return ask(
                        "DescribeServiceRevisions",
                        ecs -> ecs
                                .describeServiceRevisions(request -> request.serviceRevisionArns(
                                        record.targetServiceRevision().arn()))
                                .serviceRevisions()
                                .stream()
                                .findFirst())
                .filter(revision -> taskDefinition.equals(revision.taskDefinition()))
                .isPresent();
    }

    /**
     * Asks ECS to end a deployment and go back to what it deployed last.
     *
     * @return whether it does; it may not be allowed, or the deployment may have ended
     */
    boolean rollBack(String arn) {
        try {
            return ask(
                            "StopServiceDeployment",
                            ecs -> Optional.ofNullable(
                                    ecs.stopServiceDeployment(request -> request.serviceDeploymentArn(arn)
                                                    .stopType(StopServiceDeploymentStopType.ROLLBACK))
                                            .serviceDeploymentArn()))
                    .isPresent();
        } catch (DeployException e) {
            if (e.getCause() instanceof AwsServiceException) {
                return goesBack(arn); // Asked again, as where its answer was lost, ECS refuses what it does already.
            }
            throw e;
        }
    }

    private boolean goesBack(String arn) {
        return described(List.of(arn)).stream().map(ServiceDeployment::status).anyMatch(GOING_BACK::contains);
    }

    private <T> Optional<T> ask(String call, Function<EcsClient, Optional<T>> request) {
        if (unavailable) {
            return Optional.empty();
        }
        try {
            return AwsErrors.reading("ecs:" + call, () -> request.apply(clients.ecs()));
        } catch (DeployException e) {
            if (e.getCause() instanceof AwsServiceException cause && AwsErrors.isUnavailable(cause)) {
                unavailable = true;
                return Optional.empty();
            }
            throw e;
        }
    }
}
