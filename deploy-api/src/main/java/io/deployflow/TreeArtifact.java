package io.deployflow;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A directory that is ready to be put on hosts.
 *
 * @param revision the source's version
 * @param directory its root, local; it stays unchanged until the deploy has ended
 * @param manifest every entry below the root
 */
public record TreeArtifact(Revision revision, Path directory, Manifest manifest) implements Artifact {
    /** Checks that nothing is missing. */
    public TreeArtifact {
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(manifest, "manifest");
    }
}
