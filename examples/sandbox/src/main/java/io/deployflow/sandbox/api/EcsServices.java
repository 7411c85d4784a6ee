package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.ecs.Arns;
import io.deployflow.sandbox.ecs.Cluster;
import io.deployflow.sandbox.ecs.EcsService;
import io.deployflow.sandbox.scheduler.ServiceScheduler;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;
import io.deployflow.sandbox.wire.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operations on services. */
final class EcsServices {

    private final Cloud cloud;
    private final Lookup lookup;
    private final ServiceDeployer deployer;
    private final ServiceView view;

    EcsServices(Cloud cloud) {
        this.cloud = cloud;
        this.lookup = new Lookup(cloud);
        this.deployer = new ServiceDeployer(cloud);
        this.view = new ServiceView(cloud);
    }

    void addTo(Operations operations) {
        operations
                .add("ecs", "CreateService", this::create)
                .add("ecs", "UpdateService", this::update)
                .add("ecs", "DescribeServices", this::describe)
                .add("ecs", "ListServices", this::list)
                .add("ecs", "DeleteService", this::delete);
    }

    private ObjectNode create(ObjectNode request) {
        Cluster cluster = lookup.cluster(request);
        String name = Json.required(request, "serviceName");
        requireNew(cluster, name);
        ObjectNode settings = ServiceSettings.created(request);
        Optional<ObjectNode> definition = firstDefinition(request, settings);
        definition.ifPresent(found -> LaunchRules.check(found, request));
        definition.ifPresent(
                found -> new LoadBalancerRules(cloud.balancing()).check(settings.path("loadBalancers"), found));
        Instant now = cloud.now();
        ServiceScheduler scheduler = new ServiceScheduler(
                name,
                ServiceSettings.rules(settings, request.path("desiredCount").asInt(0)),
                cluster.capacity(),
                cloud.timings(),
                cloud.ids());
        String arn = cloud.arns().ecs("service", cluster.name(), name);
        EcsService service = new EcsService(name, arn, cluster, settings, scheduler, now);
        definition.ifPresent(found -> deployer.deploy(service, found, now));
        cluster.services().put(name, service);
        cloud.tags().add(arn, request.path("tags"));
        return Json.object().set("service", view.of(service));
    }

    /** Where something external deploys a service, it has no task definition: its task sets have. */
    private Optional<ObjectNode> firstDefinition(ObjectNode request, ObjectNode settings) {
        return TaskSetView.controller(settings).equals("EXTERNAL")
                ? Optional.empty()
                : Optional.of(cloud.taskDefinitions().active(Json.required(request, "taskDefinition")));
    }

    private static void requireNew(Cluster cluster, String name) {
        if (!name.matches("[A-Za-z0-9_-]{1,255}")) {
            throw AwsException.invalid("Invalid service name.");
        }
        EcsService old = cluster.services().get(name);
        if (old != null && old.status().equals("DRAINING")) {
            throw AwsException.invalid("Unable to Start a service that is still Draining.");
        }
        if (old != null && old.status().equals("ACTIVE")) {
            throw AwsException.invalid("Creation of service was not idempotent.");
        }
    }

    private ObjectNode update(ObjectNode request) {
        EcsService service = lookup.activeService(request);
        ServiceSettings.requireUpdatable(service.settings(), request);
        ObjectNode changed = ServiceSettings.updated(service.settings(), request);
        service.scheduler().deployments().stream()
                .findFirst()
                .ifPresentOrElse(
                        primary -> update(service, primary.plan().taskDefinitionArn(), changed, request),
                        () -> change(service, changed, request));
        return Json.object().set("service", view.of(service));
    }

    private void update(EcsService service, String current, ObjectNode changed, ObjectNode request) {
        ObjectNode definition = definition(request, current);
        new LoadBalancerRules(cloud.balancing()).check(changed.path("loadBalancers"), definition);
        boolean deploy = !definition.path("taskDefinitionArn").asText().equals(current)
                || ServiceSettings.needsDeployment(service.settings(), changed)
                || request.path("forceNewDeployment").asBoolean(false);
        change(service, changed, request);
        if (deploy) {
            deployer.deploy(service, definition, cloud.now());
        }
    }

    private static void change(EcsService service, ObjectNode changed, ObjectNode request) {
        ServiceScheduler scheduler = service.scheduler();
        service.settings().setAll(changed);
        int desired = request.path("desiredCount").asInt(scheduler.rules().desired());
        scheduler.change(ServiceSettings.rules(changed, desired));
    }

    /** What a service runs already may be inactive. */
    private ObjectNode definition(ObjectNode request, String current) {
        return Json.text(request, "taskDefinition")
                .map(wanted -> cloud.taskDefinitions().active(wanted))
                .orElseGet(() -> cloud.taskDefinitions().find(current).orElseThrow());
    }

    private ObjectNode describe(ObjectNode request) {
        Cluster cluster = lookup.cluster(request);
        List<String> wanted = Json.texts(request, "services");
        if (wanted.isEmpty()) {
            throw AwsException.invalid("Services cannot be empty.");
        }
        if (wanted.size() > 10) {
            throw AwsException.invalid("Members of the list services must be no more than 10.");
        }
        boolean tags = Json.texts(request, "include").contains("TAGS");
        List<ObjectNode> found = new ArrayList<>();
        List<ObjectNode> failures = new ArrayList<>();
        for (String reference : wanted) {
            EcsService service = cluster.services().get(Arns.name(reference));
            if (service == null) {
                failures.add(Lookup.missing(cloud.arns().ecs("service", cluster.name(), Arns.name(reference))));
            } else {
                found.add(tags ? view.withTags(service) : view.of(service));
            }
        }
        ObjectNode answer = Json.object();
        answer.set("services", Json.array(found));
        answer.set("failures", Json.array(failures));
        return answer;
    }

    private ObjectNode list(ObjectNode request) {
        List<String> arns =
                lookup.cluster(request).active().map(EcsService::arn).toList();
        Page<String> page = Page.of(arns, request, request.has("maxResults") ? 100 : 10);
        return page.mark(Json.object().set("serviceArns", Json.strings(page.items())));
    }

    private ObjectNode delete(ObjectNode request) {
        EcsService service = lookup.activeService(request);
        if (service.scheduler().rules().desired() > 0 && !request.path("force").asBoolean(false)) {
            throw AwsException.invalid("The service cannot be stopped while it is scaled above 0.");
        }
        service.delete();
        service.scheduler().delete(cloud.now());
        return Json.object().set("service", view.of(service));
    }
}
