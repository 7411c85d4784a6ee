package io.deployflow;

import java.util.Objects;

/**
 * A tree of files that is ready to be put on hosts.
 *
 * @param revision the source's version
 * @param manifest every entry below the root
 * @param content of the files; it stays unchanged until the deploy has ended
 */
public record TreeArtifact(Revision revision, Manifest manifest, TreeContent content) implements Artifact {
    /** Checks that nothing is missing. */
    public TreeArtifact {
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(content, "content");
    }
}
