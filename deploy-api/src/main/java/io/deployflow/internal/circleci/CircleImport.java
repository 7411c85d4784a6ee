package io.deployflow.internal.circleci;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.internal.circleci.CircleFile.Use;
import io.deployflow.internal.circleci.CircleSteps.Step;
import io.deployflow.internal.config.yaml.Location;
import io.deployflow.internal.config.yaml.MapNode;
import io.deployflow.internal.config.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a flow of a CircleCI file. */
final class CircleImport {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> FILE_KEYS = Set.of("version", "jobs", "workflows", "commands", "executors");
    private static final Set<String> JOB_KEYS =
            Set.of("docker", "steps", "environment", "working_directory", "parallelism", "executor", "description");
    private static final Set<String> USE_KEYS = Set.of("requires", "filters", "name", "docker", "steps");

    private final CircleFile file;
    private final Notes notes;
    private final CircleServices services;

    /**
     * Imports one file.
     *
     * @param notes is told what is not carried over, and what is wrong
     */
    CircleImport(CircleFile file, Notes notes) {
        this.file = file;
        this.notes = notes;
        this.services = new CircleServices(notes);
    }

    /** The section {@code flow}. */
    ObjectNode flow() {
        file.root().entries().stream()
                .filter(entry ->
                        !FILE_KEYS.contains(entry.key()) && !entry.key().equals(anchorPlace(entry)))
                .forEach(entry ->
                        notes.leftover(entry.location(), "'" + entry.key() + "'", "Write what it brings as steps."));
        Map<String, List<Step>> steps = new LinkedHashMap<>();
        Map<String, ObjectNode> jobs = new LinkedHashMap<>();
        for (Use use : file.uses(notes)) {
            Optional<Node> job = file.job(use.job());
            if (job.isPresent()) {
                jobs.put(use.name(), job(use, job.get()));
                steps.put(use.name(), new CircleSteps(file, notes).of(job.get(), parallelism(job.get())));
            } else {
                unknown(use);
            }
        }
        return written(jobs, steps);
    }

    /** A place for an anchor alone: a map at the top whose name CircleCI does not know. */
    private static String anchorPlace(MapNode.Entry entry) {
        return entry.value() instanceof MapNode
                        && !Set.of("orbs", "parameters", "setup").contains(entry.key())
                ? entry.key()
                : "";
    }

    private void unknown(Use use) {
        boolean approval =
                Nodes.text(use.use(), "type").filter("approval"::equals).isPresent();
        notes.leftover(
                use.location(),
                approval
                        ? "the approval '" + use.name() + "'"
                        : "the job '" + use.name() + "', which is not in the file",
                approval
                        ? "A flow does not wait for people: let them run the jobs behind it, deployflow flow run JOB."
                        : "It comes from an orb, or is misspelt: write it as a job of the flow.");
    }

    private ObjectNode job(Use use, Node job) {
        ObjectNode made = JSON.objectNode();
        texts(
                made,
                "requires",
                Nodes.texts(use.use(), "requires").stream()
                        .filter(this::isCarried)
                        .toList());
        Nodes.at(use.use(), "filters").ifPresent(filters -> {
            filter(made, "branches", filters);
            filter(made, "tags", filters);
        });
        Node executor = file.executor(job);
        ObjectNode environment = JSON.objectNode();
        List<String> needed = services.of(use.name(), executor, Nodes.entries(job, "environment"), environment);
        if (!environment.isEmpty()) {
            made.set("environment", environment);
        }
        texts(made, "services", needed);
        unusable(use, job, executor);
        return made;
    }

    private boolean isCarried(String required) {
        return file.uses(new Notes("")).stream()
                .anyMatch(use ->
                        use.name().equals(required) && file.job(use.job()).isPresent());
    }

    private void unusable(Use use, Node job, Node executor) {
        Nodes.text(job, "working_directory")
                .or(() -> Nodes.text(executor, "working_directory"))
                .ifPresent(directory -> notes.leftover(
                        Nodes.at(job, "working_directory").map(Node::location).orElse(job.location()),
                        "working_directory " + directory,
                        "Each job runs in a checkout of its own."));
        Nodes.entries(job).stream()
                .filter(entry -> !JOB_KEYS.contains(entry.key()))
                .forEach(entry -> notes.leftover(
                        entry.location(),
                        "'" + entry.key() + "' of job '" + use.name() + "'",
                        "Steps run on this machine."));
        Nodes.entries(use.use()).stream()
                .filter(entry -> !USE_KEYS.contains(entry.key()) && use.use() != job)
                .forEach(entry -> notes.leftover(
                        entry.location(),
                        "'" + entry.key() + "' of job '" + use.name() + "' in the workflow",
                        entry.key().equals("context")
                                ? "List the variables that it brings in 'secrets' of the job."
                                : "Write what it changes into the job."));
    }

    private static void filter(ObjectNode job, String kind, Node filters) {
        Nodes.at(filters, kind).ifPresent(found -> {
            ObjectNode filter = JSON.objectNode();
            texts(filter, "only", Nodes.texts(found, "only"));
            texts(filter, "ignore", Nodes.texts(found, "ignore"));
            if (!filter.isEmpty()) {
                job.set(kind, filter);
            }
        });
    }

    private static int parallelism(Node job) {
        return Nodes.text(job, "parallelism")
                .filter(text -> text.matches("[1-9][0-9]{0,3}"))
                .map(Integer::parseInt)
                .orElse(1);
    }

    private ObjectNode written(Map<String, ObjectNode> jobs, Map<String, List<Step>> allSteps) {
        ObjectNode flow = JSON.objectNode();
        // As CircleCI does it: a job that fails leaves those beside it alone.
        flow.put("fail_fast", false);
        Map<String, List<Step>> steps = allSteps;
        ObjectNode shared = JSON.objectNode();
        for (Optional<List<Location>> row = SharedSteps.longest(steps);
                row.isPresent();
                row = SharedSteps.longest(steps)) {
            String name = shared.isEmpty() ? "shared" : "shared-" + (shared.size() + 1);
            ArrayNode list = shared.putArray(name);
            row.get().forEach(origin -> list.add(find(allSteps, origin)));
            // A place that no step has: what stands for a row is not itself part of another.
            Step use = new Step(
                    JSON.objectNode().put("use", name), new Location(Integer.MAX_VALUE - shared.size(), steps.size()));
            steps = SharedSteps.replaced(steps, row.get(), use);
        }
        if (!shared.isEmpty()) {
            flow.set("steps", shared);
        }
        if (!services.all().isEmpty()) {
            flow.set("services", services.all());
        }
        ObjectNode section = flow.putObject("jobs");
        Map<String, List<Step>> last = steps;
        jobs.forEach((name, job) -> {
            ArrayNode list = job.putArray("steps");
            last.getOrDefault(name, List.of()).forEach(step -> list.add(step.node()));
            section.set(name, job);
        });
        return flow;
    }

    private static ObjectNode find(Map<String, List<Step>> steps, Location origin) {
        return steps.values().stream()
                .flatMap(List::stream)
                .filter(step -> step.origin().equals(origin))
                .findFirst()
                .orElseThrow()
                .node();
    }

    private static void texts(ObjectNode parent, String key, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = parent.putArray(key);
            new ArrayList<>(texts).forEach(array::add);
        }
    }

    static void copy(List<MapNode.Entry> entries, ObjectNode into) {
        entries.forEach(entry -> into.put(entry.key(), Nodes.text(entry.value()).orElse("")));
    }
}
