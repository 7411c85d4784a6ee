package io.deployflow.internal.circleci;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.internal.config.yaml.Location;
import io.deployflow.internal.config.yaml.MapNode;
import io.deployflow.internal.config.yaml.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes steps of a flow of the steps of a job. */
final class CircleSteps {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern SPLIT = Pattern.compile(
            "\\$\\(\\s*circleci\\s+tests\\s+glob\\s+[\"']?([^\"'|)]+?)[\"']?\\s*\\|\\s*circleci\\s+tests\\s+split([^)|]*)\\)");
    private static final Set<String> RUN_KEYS = Set.of(
            "type", "name", "command", "environment", "working_directory", "no_output_timeout", "when", "background");

    private final CircleFile file;
    private final Notes notes;
    private final ShellLint shell;

    /**
     * One step of the flow.
     *
     * @param node as it will stand in the file
     * @param origin where it stands in CircleCI's; the same for what an alias stands for
     */
    record Step(ObjectNode node, Location origin) {}

    CircleSteps(CircleFile file, Notes notes) {
        this.file = file;
        this.notes = notes;
        this.shell = new ShellLint(notes);
    }

    /** The steps of a job, with its commands in the places where they are used. */
    List<Step> of(Node job, int parallelism) {
        ImageLint images = new ImageLint(notes);
        List<Step> steps = new ArrayList<>();
        Set<String> inside = new HashSet<>();
        Nodes.items(job, "steps").forEach(step -> add(step, parallelism, images, inside, steps));
        return steps;
    }

    private void add(Node step, int parallelism, ImageLint images, Set<String> inside, List<Step> steps) {
        String type = type(step);
        Node settings = settings(step, type);
        Optional<Node> command = file.command(type);
        if (command.isPresent() && inside.add(type)) {
            if (Nodes.at(command.get(), "parameters").isPresent()) {
                notes.leftover(
                        step.location(),
                        "the parameters of command '" + type + "'",
                        "Write their values into its steps.");
            }
            Nodes.items(command.get(), "steps").forEach(inner -> add(inner, parallelism, images, inside, steps));
            inside.remove(type);
            return;
        }
        made(type, settings, parallelism, images).ifPresent(node -> steps.add(new Step(node, settings.location())));
    }

    private static String type(Node step) {
        return Nodes.text(step)
                .or(() -> Nodes.text(step, "type"))
                .or(() -> Nodes.entries(step).stream().findFirst().map(MapNode.Entry::key))
                .orElse("");
    }

    private static Node settings(Node step, String type) {
        return Nodes.text(step, "type").isPresent()
                ? step
                : Nodes.at(step, type).orElse(step);
    }

    private Optional<ObjectNode> made(String type, Node settings, int parallelism, ImageLint images) {
        return switch (type) {
            case "run", "shell", "deploy" -> run(settings, parallelism, images);
            case "checkout" -> Optional.empty(); // Each job begins in a checkout.
            case "restore_cache", "cache-restore" -> restore(settings);
            case "save_cache", "cache-save" -> save(settings);
            case "store_test_results" -> path(settings, "store_test_results");
            case "store_artifacts" -> artifacts(settings);
            case "setup_remote_docker" -> {
                notes.leftover(
                        settings.location(), "setup_remote_docker", "Needless: steps use this machine's engine.");
                yield Optional.empty();
            }
            default -> {
                notes.leftover(settings.location(), "the step '" + type + "'", "Write what it does as a step 'run'.");
                yield Optional.empty();
            }
        };
    }

    private Optional<ObjectNode> run(Node settings, int parallelism, ImageLint images) {
        Node command = Nodes.at(settings, "command").orElse(settings);
        String text = Nodes.text(command).orElse("");
        Script script = Script.of(command, text, file.lines());
        shell.check(script);
        images.check(script);
        ObjectNode step = JSON.objectNode();
        Nodes.text(settings, "name").ifPresent(name -> step.put("name", name));
        String ours = CircleVariables.inScript(text, command.location(), notes);
        Matcher split = SPLIT.matcher(ours);
        if (split.find()) {
            step.put(
                    "run",
                    new StringBuilder(ours)
                            .replace(split.start(), split.end(), "{{ files }}")
                            .toString());
            step.putObject("split")
                    .put("glob", split.group(1).strip())
                    .put("by", split.group(2).contains("timings") ? "timings" : "name")
                    .put("over", parallelism);
        } else {
            step.put("run", ours);
        }
        options(settings, step);
        return Optional.of(step);
    }

    private void options(Node settings, ObjectNode step) {
        List<MapNode.Entry> environment = Nodes.entries(settings, "environment");
        if (!environment.isEmpty()) {
            ObjectNode variables = step.putObject("environment");
            environment.forEach(entry ->
                    variables.put(entry.key(), Nodes.text(entry.value()).orElse("")));
        }
        Nodes.text(settings, "working_directory").ifPresent(directory -> step.put("directory", directory));
        Nodes.text(settings, "when")
                .filter(when -> !when.equals("on_success"))
                .ifPresent(when -> step.put("when", when));
        Nodes.text(settings, "background").filter("true"::equals).ifPresent(yes -> step.put("background", true));
        Nodes.text(settings, "no_output_timeout").ifPresent(time -> {
            step.put("timeout", time);
            notes.leftover(
                    settings.location(),
                    "no_output_timeout: it was counted from the last output",
                    "Here 'timeout' is all the time that the step has: check that " + time + " is enough.");
        });
        Nodes.entries(settings).stream()
                .filter(entry -> !RUN_KEYS.contains(entry.key()))
                .forEach(entry -> notes.leftover(
                        entry.location(), "'" + entry.key() + "' of a step", "Scripts run in bash -eo pipefail."));
    }

    private Optional<ObjectNode> restore(Node settings) {
        List<String> keys = keys(settings);
        Nodes.entries(settings).stream()
                .filter(entry -> entry.key().equals("paths"))
                .forEach(entry -> notes.mistake(
                        entry.location().line(),
                        "restore_cache has no 'paths': what was saved is put back",
                        "Leave it out."));
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode cache = JSON.objectNode();
        cache.put("key", keys.get(0));
        if (keys.size() > 1) {
            ArrayNode fallback = cache.putArray("fallback");
            keys.subList(1, keys.size()).forEach(fallback::add);
        }
        ObjectNode step = JSON.objectNode();
        if (keys.size() > 1) {
            step.set("restore_cache", cache);
        } else {
            step.put("restore_cache", keys.get(0));
        }
        return Optional.of(named(settings, step));
    }

    private Optional<ObjectNode> save(Node settings) {
        ObjectNode step = JSON.objectNode();
        ObjectNode cache = step.putObject("save_cache");
        cache.put("key", keys(settings).stream().findFirst().orElse(""));
        ArrayNode paths = cache.putArray("paths");
        Nodes.texts(settings, "paths").forEach(paths::add);
        return Optional.of(named(settings, step));
    }

    private static List<String> keys(Node settings) {
        List<String> keys = new ArrayList<>(Nodes.texts(settings, "key"));
        keys.addAll(Nodes.texts(settings, "keys"));
        return keys.stream().map(CircleVariables::inKey).toList();
    }

    private Optional<ObjectNode> artifacts(Node settings) {
        Nodes.at(settings, "destination")
                .ifPresent(there -> notes.leftover(
                        there.location(), "'destination' of store_artifacts", "Artifacts keep their own names."));
        return path(settings, "store_artifacts");
    }

    private static Optional<ObjectNode> path(Node settings, String key) {
        return Nodes.text(settings, "path")
                .map(path -> named(settings, JSON.objectNode().put(key, path)));
    }

    private static ObjectNode named(Node settings, ObjectNode step) {
        Nodes.text(settings, "name").ifPresent(name -> step.put("name", name));
        return step;
    }
}
