package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.ecs.Arns;
import io.deployflow.sandbox.ecs.Cluster;
import io.deployflow.sandbox.ecs.Cluster.Placed;
import io.deployflow.sandbox.ecs.EcsService;
import io.deployflow.sandbox.scheduler.StandaloneTasks;
import io.deployflow.sandbox.scheduler.TaskPlan;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;
import io.deployflow.sandbox.wire.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Operations on tasks. */
final class EcsTasks {

    private static final int MOST_RUN = 10;

    private final Cloud cloud;
    private final Lookup lookup;
    private final TaskView view;
    private final RunTokens tokens = new RunTokens();

    EcsTasks(Cloud cloud) {
        this.cloud = cloud;
        this.lookup = new Lookup(cloud);
        this.view = new TaskView(cloud);
    }

    void addTo(Operations operations) {
        operations
                .add("ecs", "ListTasks", this::list)
                .add("ecs", "DescribeTasks", this::describe)
                .add("ecs", "StopTask", this::stop)
                .add("ecs", "RunTask", this::run);
    }

    private ObjectNode list(ObjectNode request) {
        Cluster cluster = lookup.cluster(request);
        if (request.hasNonNull("serviceName")) {
            ObjectNode named = request.deepCopy()
                    .put("service", request.path("serviceName").asText());
            lookup.service(named);
        }
        List<String> arns = cluster.tasks()
                .filter(desiredStatus(request.path("desiredStatus").asText("RUNNING")))
                .filter(placed -> matches(request, "serviceName", service(placed)))
                .filter(placed -> matches(request, "family", view.family(placed.task())))
                .filter(placed -> matches(request, "startedBy", placed.task().startedBy()))
                .map(placed -> view.arn(cluster, placed.task()))
                .toList();
        Page<String> page = Page.of(arns, request, 100);
        return page.mark(Json.object().set("taskArns", Json.strings(page.items())));
    }

    /** PENDING matches nothing: ECS never sets a task's desired status to it. */
    private static Predicate<Placed> desiredStatus(String wanted) {
        return placed -> placed.task().live() ? wanted.equals("RUNNING") : wanted.equals("STOPPED");
    }

    private static boolean matches(ObjectNode request, String field, String actual) {
        return Json.text(request, field)
                .map(wanted -> field.equals("startedBy") ? wanted : Arns.name(wanted))
                .map(actual::equals)
                .orElse(true);
    }

    private static String service(Placed placed) {
        return placed.service().map(EcsService::name).orElse("");
    }

    private ObjectNode describe(ObjectNode request) {
        Cluster cluster = lookup.cluster(request);
        List<String> wanted = Json.texts(request, "tasks");
        if (wanted.isEmpty() || wanted.size() > 100) {
            throw AwsException.invalid("Tasks must have 1 to 100 members.");
        }
        List<ObjectNode> found = new ArrayList<>();
        List<ObjectNode> failures = new ArrayList<>();
        for (String reference : wanted) {
            cluster.tasks()
                    .filter(placed -> placed.task().id().equals(Arns.name(reference)))
                    .findFirst()
                    .ifPresentOrElse(
                            placed -> found.add(view.of(cluster, placed)),
                            () -> failures.add(
                                    Lookup.missing(cloud.arns().ecs("task", cluster.name(), Arns.name(reference)))));
        }
        ObjectNode answer = Json.object();
        answer.set("tasks", Json.array(found));
        return answer.set("failures", Json.array(failures));
    }

    private ObjectNode stop(ObjectNode request) {
        Cluster cluster = lookup.cluster(request);
        Placed placed = lookup.task(request);
        String reason = request.path("reason").asText("");
        placed.service()
                .ifPresentOrElse(
                        service -> service.scheduler().stopTask(placed.task(), reason, cloud.now()),
                        () -> cluster.standalone().stop(placed.task(), reason, cloud.now()));
        return Json.object().set("task", view.of(cluster, placed));
    }

    /** Asked for again with the same token, as where the answer was lost, ECS starts nothing more. */
    private ObjectNode run(ObjectNode request) {
        Cluster cluster = lookup.cluster(request);
        Optional<List<String>> before = tokens.tasks(cluster, request);
        if (before.isPresent()) {
            return started(cluster, before.get());
        }
        ObjectNode answer = start(cluster, request);
        tokens.started(cluster, request, answer);
        return answer;
    }

    private ObjectNode started(Cluster cluster, List<String> arns) {
        List<ObjectNode> tasks = cluster.tasks()
                .filter(placed -> arns.contains(view.arn(cluster, placed.task())))
                .map(placed -> view.of(cluster, placed))
                .toList();
        ObjectNode answer = Json.object();
        answer.set("tasks", Json.array(tasks));
        return answer.set("failures", Json.array(List.of()));
    }

    private ObjectNode start(Cluster cluster, ObjectNode request) {
        ObjectNode definition = cloud.taskDefinitions().active(Json.required(request, "taskDefinition"));
        requireContainers(definition, request.path("overrides"));
        TaskPlan plan =
                cloud.plans().plan(definition, request.path("overrides"), List.of(), Map.of("cluster", cluster.name()));
        LaunchRules.check(definition, request);
        int count = request.path("count").asInt(1);
        if (count < 1 || count > MOST_RUN) {
            throw AwsException.invalid("Count must be between 1 and %d.".formatted(MOST_RUN));
        }
        List<ObjectNode> tasks = new ArrayList<>();
        List<ObjectNode> failures = new ArrayList<>();
        for (int started = 0; started < count; started++) {
            StandaloneTasks.Run run =
                    cluster.standalone().run(plan, request.path("startedBy").asText(""), cloud.now());
            run.task().ifPresent(task -> {
                cloud.tags().add(view.arn(cluster, task), request.path("tags"));
                if (request.path("overrides") instanceof ObjectNode overrides) {
                    cloud.overrides().put(task.id(), overrides.deepCopy());
                }
                tasks.add(view.of(cluster, new Placed(task, Optional.empty())));
            });
            run.shortage().ifPresent(what -> failures.add(doesNotFit(cluster, what)));
        }
        ObjectNode answer = Json.object();
        answer.set("tasks", Json.array(tasks));
        return answer.set("failures", Json.array(failures));
    }

    private static void requireContainers(ObjectNode definition, JsonNode overrides) {
        List<String> known = definition
                .path("containerDefinitions")
                .valueStream()
                .map(container -> container.path("name").asText())
                .toList();
        for (JsonNode override : overrides.path("containerOverrides")) {
            String name = override.path("name").asText();
            if (!known.contains(name)) {
                throw AwsException.invalid(
                        "Override for container named %s is not a container in the TaskDefinition.".formatted(name));
            }
        }
    }

    private ObjectNode doesNotFit(Cluster cluster, String shortage) {
        return Json.object()
                .put(
                        "arn",
                        cloud.arns()
                                .ecs(
                                        "container-instance",
                                        cluster.name(),
                                        cluster.capacity().instance()))
                .put("reason", shortage.equals("memory") ? "RESOURCE:MEMORY" : "RESOURCE:CPU");
    }
}
