package io.deployflow.internal.config;

import io.deployflow.flow.FlowSettings;
import io.deployflow.internal.config.bind.Binder;
import io.deployflow.internal.config.bind.Shapes;
import io.deployflow.internal.config.bind.Subject;
import io.deployflow.internal.config.text.Suggestions;
import io.deployflow.internal.config.yaml.ListNode;
import io.deployflow.internal.config.yaml.MapNode;
import io.deployflow.internal.config.yaml.Mistakes;
import io.deployflow.internal.config.yaml.Node;
import io.deployflow.internal.config.yaml.ScalarNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the flow of its section, and checks that what its parts name is there, and that no job waits for itself. */
final class FlowBinder {
    private final Binder binder;
    private final Mistakes mistakes;
    private final Suggestions targets;

    /**
     * Binds one file's section.
     *
     * @param targets the names of the targets
     */
    FlowBinder(Binder binder, Mistakes mistakes, Suggestions targets) {
        this.binder = binder;
        this.mistakes = mistakes;
        this.targets = targets;
    }

    /** Makes the flow, unless there is a mistake in it. */
    Optional<FlowSettings> bind(MapNode.Entry entry) {
        Optional<MapNode> section = binder.map(entry);
        section.ifPresent(map -> {
            binder.checkKeys(map, new Suggestions(Shapes.names(FlowSettings.class)));
            checkNames(map);
        });
        return section.flatMap(map -> binder.section(FlowSettings.class, map, Subject.of(entry)));
    }

    private void checkNames(MapNode flow) {
        Map<String, MapNode> jobs = sections(flow, "jobs");
        Suggestions jobNames = new Suggestions(List.copyOf(jobs.keySet()));
        Suggestions services = new Suggestions(List.copyOf(names(flow, "services")));
        Suggestions shared = new Suggestions(List.copyOf(names(flow, "steps")));
        jobs.forEach((name, job) -> {
            texts(job, "requires").forEach(item -> known(item, "job", jobNames));
            texts(job, "services").forEach(item -> known(item, "service", services));
            steps(job).flatMap(step -> scalar(step, "use")).forEach(item -> known(item, "step list", shared));
        });
        allSteps(flow, jobs).forEach(this::checkTargets);
        checkCircles(jobs);
    }

    private void checkTargets(MapNode step) {
        Stream.concat(
                        scalar(step, "deploy"),
                        step.entry("deploy").map(MapNode.Entry::value).stream()
                                .filter(MapNode.class::isInstance)
                                .map(MapNode.class::cast)
                                .flatMap(deploy -> Stream.concat(scalar(deploy, "target"), texts(deploy, "all_of"))))
                .forEach(item -> known(item, "target", targets));
    }

    private void known(ScalarNode item, String kind, Suggestions names) {
        if (!item.isEmpty() && !names.known().contains(item.text())) {
            String hint = names.didYouMean(item.text());
            mistakes.add(
                    item.location(),
                    "there is no " + kind + " '" + item.text() + "'"
                            + (hint.isEmpty() && !names.known().isEmpty()
                                    ? "; the " + kind + "s are " + names.list()
                                    : hint));
        }
    }

    private void checkCircles(Map<String, MapNode> jobs) {
        Map<String, List<ScalarNode>> graph = new LinkedHashMap<>();
        jobs.forEach((name, job) -> graph.put(name, texts(job, "requires").toList()));
        new Circles(graph)
                .find()
                .ifPresent(circle -> mistakes.add(
                        circle.closing().location(),
                        "jobs wait for each other in a circle: " + String.join(" -> ", circle.names())));
    }

    private static Stream<MapNode> allSteps(MapNode flow, Map<String, MapNode> jobs) {
        Stream<MapNode> shared = map(flow, "steps").stream()
                .flatMap(lists -> lists.entries().stream())
                .flatMap(list -> maps(list.value()));
        return Stream.concat(shared, jobs.values().stream().flatMap(FlowBinder::steps));
    }

    private static Stream<MapNode> steps(MapNode job) {
        return job.entry("steps").stream().flatMap(steps -> maps(steps.value()));
    }

    private static Stream<MapNode> maps(Node node) {
        return node instanceof ListNode list
                ? list.items().stream().filter(MapNode.class::isInstance).map(MapNode.class::cast)
                : Stream.empty();
    }

    private static List<String> names(MapNode flow, String key) {
        return map(flow, key).stream()
                .flatMap(map -> map.entries().stream())
                .map(MapNode.Entry::key)
                .toList();
    }

    private static Map<String, MapNode> sections(MapNode flow, String key) {
        Map<String, MapNode> sections = new LinkedHashMap<>();
        map(flow, key)
                .ifPresent(map -> map.entries().forEach(entry -> {
                    if (entry.value() instanceof MapNode section) {
                        sections.put(entry.key(), section);
                    }
                }));
        return sections;
    }

    private static Optional<MapNode> map(MapNode parent, String key) {
        return parent.entry(key)
                .map(MapNode.Entry::value)
                .filter(MapNode.class::isInstance)
                .map(MapNode.class::cast);
    }

    private static Stream<ScalarNode> texts(MapNode parent, String key) {
        return parent.entry(key).map(MapNode.Entry::value).stream()
                .filter(ListNode.class::isInstance)
                .flatMap(list -> ((ListNode) list).items().stream())
                .filter(ScalarNode.class::isInstance)
                .map(ScalarNode.class::cast);
    }

    private static Stream<ScalarNode> scalar(MapNode parent, String key) {
        return parent.entry(key).map(MapNode.Entry::value).stream()
                .filter(ScalarNode.class::isInstance)
                .map(ScalarNode.class::cast);
    }
}
