package io.deployflow.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.deployflow.ecs.internal.registry.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an application of npm has by default: its packages, those of its workspaces too, below its own files. */
final class NodeKind {
    /** Its name, at the root of the source. */
    static final String LOCK = "package-lock.json";

    private static final String SHRINKWRAP = "npm-shrinkwrap.json";
    private static final String MODULES = "node_modules";
    /** A package that lies neither at the root nor in another package, but within the source. */
    private static final Pattern BESIDE = Pattern.compile("((?!node_modules/|\\.\\./).*?/node_modules)/.*");

    private NodeKind() {}

    /** For a source. */
    static KindDefaults defaults(SourceFiles source, String directory) {
        boolean isThere = source.has(MODULES);
        List<String> modules = isThere ? List.of(MODULES) : modules(source);
        List<String> prepare = isThere
                ? List.of()
                : List.of(
                        "npm ci --omit=dev --no-audit --no-fund",
                        "mkdir -p " + modules.stream().map(NodeKind::quoted).collect(Collectors.joining(" ")));
        return new KindDefaults(
                directory,
                List.of(
                        KindDefaults.dependencies(
                                modules,
                                List.of(),
                                prepare,
                                Stream.of(
                                        "package.json",
                                        LOCK,
                                        SHRINKWRAP,
                                        ".npmrc",
                                        "patches",
                                        ".node-version",
                                        KindDefaults.TOOL_VERSIONS)),
                        KindDefaults.application(modules)),
                Map.of("NODE_ENV", "production"),
                List.of(directory + "/" + MODULES + "/.bin"),
                Start.NOTHING,
                List.of());
    }

    /**
     * The directories that npm installs into: a workspace has one of its own where it needs another version of a
     * package than the rest.
     */
    private static List<String> modules(SourceFiles source) {
        Set<String> modules = new LinkedHashSet<>(List.of(MODULES));
        source.text(source.has(SHRINKWRAP) ? SHRINKWRAP : LOCK)
                // Workspaces are linked; without them there is nothing to be found in what may be megabytes.
                .filter(text -> text.contains("\"link\""))
                .ifPresent(text -> json(text).path("packages").fieldNames().forEachRemaining(name -> {
                    Matcher beside = BESIDE.matcher(name);
                    if (beside.matches()) {
                        modules.add(beside.group(1));
                    }
                }));
        return List.copyOf(modules);
    }

    private static String quoted(String path) {
        return "'" + path.replace("'", "'\\''") + "'";
    }

    /** What a file of npm's says; nothing where it is no JSON, which npm says better. */
    static JsonNode json(String text) {
        try {
            return Json.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
