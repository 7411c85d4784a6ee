package io.deployflow.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.sandbox.Cloud;
import io.deployflow.sandbox.elb.Balancing;
import io.deployflow.sandbox.elb.Forward;
import io.deployflow.sandbox.elb.Listener;
import io.deployflow.sandbox.elb.Rule;
import io.deployflow.sandbox.wire.AwsException;
import io.deployflow.sandbox.wire.Json;
import io.deployflow.sandbox.wire.Operations;
import java.util.ArrayList;
import java.util.List;

/** Operations on the rules of listeners. A rule takes every request, so its only condition is a path of {@code *}. */
final class ElbRules {

    private static final List<String> EVERY_PATH = List.of("*", "/*");

    private final Cloud cloud;

    ElbRules(Cloud cloud) {
        this.cloud = cloud;
    }

    void addTo(Operations operations) {
        operations
                .add("elbv2", "CreateRule", this::create)
                .add("elbv2", "DescribeRules", this::describe)
                .add("elbv2", "ModifyRule", this::modify)
                .add("elbv2", "DeleteRule", this::delete)
                .add("elbv2", "SetRulePriorities", this::setPriorities);
    }

    private Balancing balancing() {
        return cloud.balancing();
    }

    private ObjectNode create(ObjectNode request) {
        Listener listener = Elb.listener(cloud, request);
        int priority = request.path("Priority").asInt(0);
        requireFree(listener.arn(), priority);
        Rule rule = new Rule(
                listener.ruleArn(cloud.ids().hex16()),
                listener.arn(),
                priority,
                paths(request.path("Conditions")),
                ElbActions.read(request.path("Actions"), balancing()));
        balancing().rules().put(rule.arn(), rule);
        return rules(List.of(view(rule)));
    }

    private void requireFree(String listenerArn, int priority) {
        if (priority < 1 || priority > 50_000) {
            throw new AwsException("ValidationError", "Priority must be between 1 and 50000");
        }
        if (balancing().rules(listenerArn).stream().anyMatch(rule -> rule.priority() == priority)) {
            throw new AwsException("PriorityInUse", "Priority '%d' is currently in use".formatted(priority));
        }
    }

    private static List<String> paths(JsonNode conditions) {
        List<String> paths = new ArrayList<>();
        for (JsonNode condition : conditions) {
            paths.addAll(Json.texts(condition, "Values"));
            paths.addAll(Json.texts(condition.path("PathPatternConfig"), "Values"));
            if (!condition.path("Field").asText().equals("path-pattern")) {
                paths.clear();
            }
        }
        if (paths.stream().noneMatch(EVERY_PATH::contains)) {
            throw new AwsException(
                    "InvalidConfigurationRequest",
                    "The sandbox's rules take every request: their one condition is a path-pattern of /*.");
        }
        return paths;
    }

    private ObjectNode describe(ObjectNode request) {
        if (request.has("ListenerArn")) {
            return rules(views(Elb.listener(cloud, request)));
        }
        List<ObjectNode> all = balancing().listeners().values().stream()
                .flatMap(listener -> views(listener).stream())
                .toList();
        List<ObjectNode> found = new ArrayList<>();
        for (String arn : Json.texts(request, "RuleArns")) {
            found.add(all.stream()
                    .filter(view -> view.path("RuleArn").asText().equals(arn))
                    .findFirst()
                    .orElseThrow(ElbRules::notFound));
        }
        return rules(found);
    }

    private ObjectNode modify(ObjectNode request) {
        String arn = Json.required(request, "RuleArn");
        Forward old = balancing().forward(arn).orElseThrow(ElbRules::notFound);
        Forward changed = request.has("Actions") ? ElbActions.read(request.path("Actions"), balancing()) : old;
        balancing().forward(arn, changed);
        return describe(Json.object().set("RuleArns", Json.strings(List.of(arn))));
    }

    private ObjectNode delete(ObjectNode request) {
        String arn = Json.required(request, "RuleArn");
        if (balancing().rules().remove(arn) == null) {
            throw balancing().forward(arn).isPresent()
                    ? new AwsException("OperationNotPermitted", "Default rule '%s' cannot be deleted".formatted(arn))
                    : notFound();
        }
        return Json.object();
    }

    private ObjectNode setPriorities(ObjectNode request) {
        List<ObjectNode> changed = new ArrayList<>();
        for (JsonNode wish : request.path("RulePriorities")) {
            Rule rule = balancing().rules().get(wish.path("RuleArn").asText());
            if (rule == null) {
                throw notFound();
            }
            int priority = wish.path("Priority").asInt();
            if (rule.priority() != priority) {
                requireFree(rule.listenerArn(), priority);
            }
            Rule moved = rule.at(priority);
            balancing().rules().put(moved.arn(), moved);
            changed.add(view(moved));
        }
        return rules(changed);
    }

    private static AwsException notFound() {
        return new AwsException("RuleNotFound", "One or more rules not found");
    }

    private static ObjectNode rules(List<ObjectNode> views) {
        return Json.object().set("Rules", Json.array(views));
    }

    /** The rules of a listener, the default one last. */
    private List<ObjectNode> views(Listener listener) {
        List<ObjectNode> views = new ArrayList<>();
        balancing().rules(listener.arn()).forEach(rule -> views.add(view(rule)));
        views.add(view(listener.defaultRuleArn(), "default", listener.forward()));
        return views;
    }

    private static ObjectNode view(Rule rule) {
        ObjectNode view = view(rule.arn(), Integer.toString(rule.priority()), rule.forward());
        ObjectNode condition = Json.object().put("Field", "path-pattern");
        condition.set("Values", Json.strings(rule.paths()));
        condition.putObject("PathPatternConfig").set("Values", Json.strings(rule.paths()));
        return view.set("Conditions", Json.array(List.of(condition)));
    }

    private static ObjectNode view(String arn, String priority, Forward forward) {
        ObjectNode view = Json.object()
                .put("RuleArn", arn)
                .put("Priority", priority)
                .put("IsDefault", priority.equals("default"));
        view.set("Conditions", Json.array());
        return view.set("Actions", ElbActions.write(forward));
    }
}
