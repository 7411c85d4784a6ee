package io.deployflow.internal.circleci;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deployflow.internal.config.yaml.MapNode;
import io.deployflow.internal.config.yaml.Node;
import java.util.List;
import java.util.Locale;

/** Makes services of the containers that stand behind the first one of a job. */
final class CircleServices {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Notes notes;
    private final ObjectNode all = JSON.objectNode();

    CircleServices(Notes notes) {
        this.notes = notes;
    }

    /** All that any job needs. */
    ObjectNode all() {
        return all;
    }

    /**
     * The services of a job.
     *
     * @param variables the job's own
     * @param environment takes the variables of its own container, these, and those that tell where services are
     * @return their names
     */
    List<String> of(String job, Node executor, List<MapNode.Entry> variables, ObjectNode environment) {
        List<Node> containers = Nodes.items(executor, "docker");
        containers.stream().limit(1).forEach(container -> own(job, image(container), container, environment));
        CircleImport.copy(variables, environment);
        return containers.stream()
                .skip(1)
                .map(container -> service(image(container), container, environment))
                .toList();
    }

    private static String image(Node container) {
        return Nodes.text(container, "image").orElse("");
    }

    private void own(String job, String image, Node container, ObjectNode environment) {
        CircleImport.copy(Nodes.entries(container, "environment"), environment);
        notes.leftover(
                container.location(),
                "job '" + job + "' ran in the image " + image,
                "Its steps run on this machine: have there what they need.");
    }

    private String service(String image, Node container, ObjectNode environment) {
        ObjectNode service = JSON.objectNode().put("image", image);
        KnownService.of(image).ifPresent(known -> {
            service.put("port", known.port());
            known.health().ifPresent(health -> service.put("health", health));
        });
        ObjectNode variables = JSON.objectNode();
        CircleImport.copy(Nodes.entries(container, "environment"), variables);
        if (!variables.isEmpty()) {
            service.set("environment", variables);
        }
        ArrayNode command = service.arrayNode();
        Nodes.texts(container, "command").forEach(command::add);
        if (!command.isEmpty()) {
            service.set("command", command);
        }
        String name = name(image, service);
        all.set(name, service);
        address(name, image, container, environment);
        return name;
    }

    /** The same image with the same settings is one service; with others it gets a name of its own. */
    private String name(String image, ObjectNode service) {
        String base = KnownService.baseName(image).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "-");
        String name = base;
        for (int i = 2; all.has(name) && !all.get(name).equals(service); i++) {
            name = base + "-" + i;
        }
        return name;
    }

    private void address(String name, String image, Node container, ObjectNode environment) {
        String port = "{{ services." + name + ".port }}";
        KnownService.of(image)
                .filter(known -> environment.has(known.hostVariable()))
                .ifPresentOrElse(
                        known -> environment.put(known.portVariable(), port),
                        () -> notes.leftover(
                                container.location(),
                                "the service '" + name + "' was at its own port of localhost",
                                "Its port is picked free: use "
                                        + name.toUpperCase(Locale.ROOT).replace('-', '_') + "_PORT, or " + port
                                        + " in an environment."));
        KnownService.of(image)
                .ifPresent(known -> environment.properties().forEach(variable -> {
                    String moved = variable.getValue()
                            .asText()
                            .replaceAll(
                                    "(localhost|127\\.0\\.0\\.1):" + known.port() + "\\b",
                                    "$1:" + port.replace("{", "\\{"));
                    environment.put(variable.getKey(), moved);
                }));
    }
}
