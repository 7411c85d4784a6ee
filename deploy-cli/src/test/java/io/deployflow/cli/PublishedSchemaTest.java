package io.deployflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deployflow.DeployFile;
import io.deployflow.spi.DeployAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Editors complete deploy.yml from docs/deploy.schema.json: it must say what the adapters say. */
class PublishedSchemaTest {

    @Test
    void schema_asPublished_isWhatTheAdaptersSettingsMake() throws IOException {
        Path made = Files.writeString(Path.of("target", "deploy.schema.json"), DeployFile.schema(shippedAdapters()));

        assertThat(Path.of("..", "docs", "deploy.schema.json"))
                .as("if the settings changed on purpose: cp deploy-cli/target/deploy.schema.json docs/")
                .hasSameTextualContentAs(made);
    }

    private static List<DeployAdapter<?>> shippedAdapters() {
        List<DeployAdapter<?>> adapters = new ArrayList<>();
        for (DeployAdapter<?> adapter : ServiceLoader.load(DeployAdapter.class)) {
            if (List.of("ssh", "ecs").contains(adapter.type())) {
                adapters.add(adapter);
            }
        }
        return adapters;
    }
}
