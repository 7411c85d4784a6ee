package io.deployflow.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.deployflow.ecs.internal.layers.BaseImage;
import io.deployflow.ecs.internal.layers.ContainerConfig;
import io.deployflow.ecs.internal.registry.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/**
 * Looks whether an image starts anything that stays. What does not is a warning and no mistake: a task definition may
 * say what its container starts.
 *
 * @param base what the base image starts
 * @param stack what is set, and what the kind finds
 * @param containers that the image comes to run in, as their next task definitions have them; none where they are not
 *     known; asked for only where the image is at fault
 */
record StartCheck(BaseImage base, LayerStack stack, Supplier<List<ContainerDefinition>> containers) {
    /** What images start that are made to be built upon: each ends at once where nobody types. */
    private static final Pattern SHELL =
            Pattern.compile("(.*/)?(jshell|java|-jar|python[0-9.]*|irb|ruby|node|nodejs|bash|ash|dash|sh)");

    /** What there is to say. */
    Stream<String> warnings() {
        Start start = stack.defaults().start();
        if (stack.settings().saysWhatStarts()) {
            return Stream.empty();
        }
        return start.command().isEmpty()
                ? unless(
                        nothing(start),
                        one -> !one.command().isEmpty() || !one.entryPoint().isEmpty(),
                        "a command")
                : Stream.concat(
                        unless(swallowed(start), one -> !one.entryPoint().isEmpty(), "an entrypoint"),
                        unless(noPort(start), StartCheck::hasPort, "the variable"));
    }

    private Stream<String> unless(Optional<String> fault, Predicate<ContainerDefinition> isMended, String by) {
        if (fault.isEmpty()) {
            return Stream.empty();
        }
        List<ContainerDefinition> known = containers.get();
        if (known.isEmpty()) {
            return Stream.of(fault.get() + "; or give the task definition " + by);
        }
        return known.stream().allMatch(isMended) ? Stream.empty() : fault.stream();
    }

    private Optional<String> nothing(Start start) {
        List<String> entrypoint = words("Entrypoint");
        List<String> command = words("Cmd");
        List<String> last = command.isEmpty() ? entrypoint : command;
        String remedy = start.reason() + ". Set 'image.layers.command', such as " + start.example();
        if (last.isEmpty()) {
            return Optional.of("the image starts nothing: its base image does not, and " + remedy);
        }
        boolean isShell = (command.size() <= 1)
                && SHELL.matcher(last.get(last.size() - 1)).matches();
        return isShell
                ? Optional.of("the image starts '"
                        + String.join(
                                " ",
                                Stream.concat(entrypoint.stream(), command.stream())
                                        .toList()) + "' of its base image, which ends at once: " + remedy)
                : Optional.empty();
    }

    /** The words of a command are arguments of the base image's entrypoint, if that is a program and no script. */
    private Optional<String> swallowed(Start start) {
        List<String> entrypoint = words("Entrypoint");
        return entrypoint.isEmpty()
                        || !SHELL.matcher(entrypoint.get(entrypoint.size() - 1)).matches()
                ? Optional.empty()
                : Optional.of("the command '" + String.join(" ", start.command()) + "' (" + start.reason()
                        + ") becomes arguments of the base image's entrypoint '" + String.join(" ", entrypoint)
                        + "': set 'image.layers.entrypoint', or a 'command' that fits it");
    }

    private Optional<String> noPort(Start start) {
        ContainerConfig container = stack.config("");
        boolean isThere = container.environment().containsKey(Start.PORT)
                || words("Env").stream().anyMatch(line -> line.startsWith(Start.PORT + "="));
        return isThere || !start.needsPort()
                ? Optional.empty()
                : Optional.of("the Procfile's line 'web' uses $PORT, and the image has no such variable: set"
                        + " 'image.layers.ports' to one port, or 'image.layers.environment'");
    }

    private static boolean hasPort(ContainerDefinition container) {
        return container.environment().stream().anyMatch(one -> Start.PORT.equals(one.name()))
                || container.secrets().stream().anyMatch(one -> Start.PORT.equals(one.name()));
    }

    private List<String> words(String key) {
        return Json.items(base.config().path("config").path(key))
                .map(JsonNode::asText)
                .toList();
    }
}
