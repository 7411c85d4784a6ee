package io.deployflow.internal.circleci;

import io.deployflow.internal.config.yaml.Location;
import io.deployflow.internal.config.yaml.MapNode;
import io.deployflow.internal.config.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A CircleCI file.
 *
 * @param root its content
 * @param lines its text
 */
record CircleFile(MapNode root, List<String> lines) {
    /**
     * A job as a workflow uses it.
     *
     * @param name what the workflow calls it
     * @param job the job's name
     * @param use what the workflow says of it
     * @param location where it says so
     */
    record Use(String name, String job, Node use, Location location) {}

    /** The jobs that workflows use, in their order; all jobs where there is no workflow. */
    List<Use> uses(Notes notes) {
        Map<String, Use> uses = new LinkedHashMap<>();
        for (MapNode.Entry workflow : Nodes.entries(root, "workflows")) {
            Nodes.at(workflow.value(), "triggers")
                    .ifPresent(triggers -> notes.leftover(
                            triggers.location(),
                            "the schedule of '" + workflow.key() + "'",
                            "Let cron call deployflow flow run."));
            for (Node item : Nodes.items(workflow.value(), "jobs")) {
                Use use = use(item);
                if (uses.putIfAbsent(use.name(), use) != null) {
                    notes.leftover(
                            use.location(),
                            "the second use of job '" + use.name() + "', in workflow '" + workflow.key() + "'",
                            "A flow has one graph: give the second one a name of its own.");
                }
            }
        }
        if (uses.isEmpty()) {
            Nodes.entries(root, "jobs")
                    .forEach(job -> uses.put(job.key(), new Use(job.key(), job.key(), job.value(), job.location())));
        }
        return new ArrayList<>(uses.values());
    }

    private static Use use(Node item) {
        MapNode.Entry named = Nodes.entries(item).stream()
                .findFirst()
                .orElseGet(() ->
                        new MapNode.Entry(item.location(), Nodes.text(item).orElse(""), item));
        String name = Nodes.text(named.value(), "name").orElse(named.key());
        return new Use(name, named.key(), named.value(), item.location());
    }

    Optional<Node> job(String name) {
        return Nodes.at(root, "jobs").flatMap(jobs -> Nodes.at(jobs, name));
    }

    Optional<Node> command(String name) {
        return Nodes.at(root, "commands").flatMap(commands -> Nodes.at(commands, name));
    }

    /** Where a job runs: what it says itself, else its executor. */
    Node executor(Node job) {
        return Nodes.at(job, "executor")
                .flatMap(executor -> Nodes.text(executor).or(() -> Nodes.text(executor, "name")))
                .flatMap(name -> Nodes.at(root, "executors").flatMap(all -> Nodes.at(all, name)))
                .orElse(job);
    }
}
