package io.deployflow;

/** What a build makes: an image, or a release tree with its manifest. */
public sealed interface Artifact permits ImageArtifact, TreeArtifact {
    /** The source's version that it was built from. */
    Revision revision();
}
