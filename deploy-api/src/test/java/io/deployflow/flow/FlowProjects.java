package io.deployflow.flow;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of a flow begin with: a project of their own in a folder of their own. */
abstract class FlowProjects {
    @TempDir
    protected Path folder;

    protected FlowProject project;

    protected FlowProjects() {
        folder = Path.of("target", "unused");
        project = new FlowProject(folder);
    }

    @BeforeEach
    void makeProject() {
        project = new FlowProject(folder);
    }
}
