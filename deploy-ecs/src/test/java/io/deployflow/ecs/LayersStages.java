package io.deployflow.ecs;

import io.deployflow.ecs.internal.registry.OciServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A stage for each test, with a base image of one layer and a source of one file, closed after it. */
abstract class LayersStages {
    @TempDir
    Path folder;

    LayersStage stage;
    OciServer server;

    @BeforeEach
    final void openStage() {
        stage = new LayersStage(folder);
        server = stage.server;
        stage.putBase("layer one");
        stage.write("greeting", "hello");
    }

    @AfterEach
    final void closeStage() {
        stage.close();
    }
}
