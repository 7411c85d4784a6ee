package io.deployflow.internal;

import io.deployflow.Application;
import io.deployflow.DeployOptions;
import java.nio.file.Path;

/** Writes what a deploy of an application would take into a directory. */
public final class SourceExport {
    private SourceExport() {}

    /**
     * Writes HEAD, or the content of a plain directory.
     *
     * @param into is made
     * @return whether the source is in a git work tree
     * @throws io.deployflow.DeployException if it cannot be read
     */
    public static boolean write(Application application, Path into) {
        SourceTrees.of(application, DeployOptions.defaults(), into, message -> {})
                .directory();
        return new Git(application.source()).name("HEAD").isWorkTree();
    }
}
