package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.ecs.EcsService;
import io.deployflow.sandbox.scheduler.ServiceDeployment;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;
import io.deployflow.sandbox.wire.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Operations on service deployments and service revisions. */
final class EcsServiceDeployments {

    private static final int MOST_DESCRIBED = 20;

    private final Cloud cloud;
    private final Lookup lookup;

    EcsServiceDeployments(Cloud cloud) {
        this.cloud = cloud;
        this.lookup = new Lookup(cloud);
    }

    /** A service deployment and its service. */
    private record Found(EcsService service, ServiceDeployment deployment) {

        String arn() {
            return service.part("service-deployment", deployment.id());
        }
    }

    void addTo(Operations operations) {
        operations
                .add("ecs", "ListServiceDeployments", this::list)
                .add("ecs", "DescribeServiceDeployments", this::describe)
                .add("ecs", "DescribeServiceRevisions", this::revisions)
                .add("ecs", "StopServiceDeployment", this::stop);
    }

    private ObjectNode list(ObjectNode request) {
        EcsService service = lookup.service(request);
        List<String> statuses = Json.texts(request, "status");
        List<ObjectNode> briefs = new ArrayList<>(service.scheduler().history().stream()
                .filter(deployment -> TaskSetView.deployedByEcs(service))
                .filter(deployment -> ServiceView.visible(deployment, cloud))
                .filter(deployment -> statuses.isEmpty()
                        || statuses.contains(deployment.status().name()))
                .filter(deployment -> isBetween(deployment.target().createdAt(), request.path("createdAt")))
                .map(deployment -> ServiceDeploymentView.brief(service, deployment))
                .toList());
        Collections.reverse(briefs);
        Page<ObjectNode> page = Page.of(briefs, request, request.has("maxResults") ? 100 : 20);
        return page.mark(Json.object().set("serviceDeployments", Json.array(page.items())));
    }

    /** Times come as seconds since the epoch. */
    private static boolean isBetween(Instant time, JsonNode bounds) {
        double seconds = Json.time(time).doubleValue();
        return seconds > bounds.path("after").asDouble(Double.NEGATIVE_INFINITY)
                && seconds < bounds.path("before").asDouble(Double.POSITIVE_INFINITY);
    }

    private ObjectNode describe(ObjectNode request) {
        List<ObjectNode> found = new ArrayList<>();
        List<ObjectNode> failures = new ArrayList<>();
        for (String arn : arns(request, "serviceDeploymentArns")) {
            find(arn)
                    .ifPresentOrElse(
                            each -> found.add(ServiceDeploymentView.full(each.service(), each.deployment())),
                            () -> failures.add(Lookup.missing(arn)));
        }
        ObjectNode answer = Json.object();
        answer.set("serviceDeployments", Json.array(found));
        return answer.set("failures", Json.array(failures));
    }

    private ObjectNode revisions(ObjectNode request) {
        List<ObjectNode> found = new ArrayList<>();
        List<ObjectNode> failures = new ArrayList<>();
        for (String arn : arns(request, "serviceRevisionArns")) {
            services()
                    .flatMap(service -> service.revisions().values().stream())
                    .filter(revision ->
                            revision.path("serviceRevisionArn").asText().equals(arn))
                    .findFirst()
                    .ifPresentOrElse(found::add, () -> failures.add(Lookup.missing(arn)));
        }
        ObjectNode answer = Json.object();
        answer.set("serviceRevisions", Json.array(found));
        return answer.set("failures", Json.array(failures));
    }

    private ObjectNode stop(ObjectNode request) {
        String arn = Json.required(request, "serviceDeploymentArn");
        Found found = find(arn)
                .orElseThrow(() -> new AwsException(
                        "ServiceDeploymentNotFoundException", "The specified service deployment was not found."));
        if (!found.deployment().status().inFlight()) {
            throw new AwsException(
                    "ConflictException",
                    "The service deployment is %s and cannot be stopped."
                            .formatted(found.deployment().status()));
        }
        boolean rollback = !request.path("stopType").asText("ROLLBACK").equals("ABORT");
        if (rollback && found.service().scheduler().lastCompleted().isEmpty()) {
            throw new AwsException("ConflictException", "There is no completed deployment to roll back to.");
        }
        found.service().scheduler().stopDeployment(found.deployment(), rollback, cloud.now());
        return Json.object().put("serviceDeploymentArn", arn);
    }

    private static List<String> arns(ObjectNode request, String field) {
        List<String> arns = Json.texts(request, field);
        if (arns.isEmpty() || arns.size() > MOST_DESCRIBED) {
            throw AwsException.invalid("%s must have 1 to %d members.".formatted(field, MOST_DESCRIBED));
        }
        return arns;
    }

    private Stream<EcsService> services() {
        return cloud.clusters().values().stream().flatMap(cluster -> cluster.services().values().stream());
    }

    private Optional<Found> find(String arn) {
        return services()
                .flatMap(service -> service.scheduler().history().stream().map(each -> new Found(service, each)))
                .filter(found -> found.arn().equals(arn))
                .findFirst();
    }
}
