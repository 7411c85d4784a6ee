package io.deployflow.ecs;

import io.deployflow.DeployFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Settings as a deploy.yml says them, so that a test says only what it is about. */
final class SettingsText {
    private static final List<String> LEAST =
            List.of("region: eu-west-1", "cluster: app", "service: puma", "image: { repository: app }");

    private SettingsText() {}

    /**
     * The settings of a target.
     *
     * @param keys each one key and its value; a key that the least of a target has takes its place
     */
    static EcsSettings of(String... keys) {
        Map<String, String> section = new LinkedHashMap<>();
        LEAST.forEach(key -> section.put(name(key), key));
        List.of(keys).forEach(key -> section.put(name(key), key));
        if (section.containsKey("services")
                && Stream.of(keys).noneMatch(key -> name(key).equals("service"))) {
            section.remove("service");
        }
        return read(section.values().stream()
                .map(key -> "    " + key.replace("\n", "\n    "))
                .collect(Collectors.joining("\n", "application: shop\ntargets:\n  staging:\n    type: ecs\n", "\n")));
    }

    private static String name(String key) {
        return key.substring(0, key.indexOf(':'));
    }

    private static EcsSettings read(String text) {
        try {
            Path file = Files.createTempFile("deploy", ".yml");
            try {
                return (EcsSettings) DeployFile.reader()
                        .adapters(List.of(new EcsAdapter()))
                        .read(Files.writeString(file, text))
                        .target("staging")
                        .settings();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
