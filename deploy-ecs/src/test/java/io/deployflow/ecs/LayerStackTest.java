package io.deployflow.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LayerStackTest {
    @Test
    void modes_ofSeveralPatternsThatMatch_areThoseOfTheLast() {
        assertThat(mode("\"**\": \"0755\", keys: \"0600\"", "keys")).contains(0600);
        assertThat(mode("keys: \"0600\", \"**\": \"0755\"", "keys")).contains(0755);
        assertThat(mode("keys: \"0600\"", "other")).isEmpty();
    }

    private static Optional<Integer> mode(String modes, String path) {
        LayersSettings settings =
                SettingsText.of("""
                image:
                  repository: app
                  build: layers
                  layers:
                    base: scratch
                    stack:
                      - { name: app, from: ["."], modes: { %s } }""".formatted(modes)).image().layers().orElseThrow();
        LayerStack stack = LayerStack.of(settings, Sources.of(), new DockerIgnore(List.of()));
        return stack.rule(stack.layers().get(0)).modes().apply(path);
    }
}
