package io.deployflow.spi;

import io.deployflow.Revision;
import io.deployflow.TreeArtifact;
import java.nio.file.Path;
import java.util.Optional;

/** The application's source at one revision: the same for every adapter, so that both roads deploy the same thing. */
public interface SourceTree {

    /** What is deployed: the commit asked for (HEAD if none was), or the digest of a plain directory. */
    Revision revision();

    /**
     * What people call the revision: the branch, tag or commit that was asked for, or the branch that is checked out.
     * Empty where there is none: a plain directory, or a commit that was checked out by its id. To know it, the whole
     * work tree is looked at, once; what is not committed there is warned of.
     */
    default Optional<String> branch() {
        return Optional.empty();
    }

    /**
     * A directory that holds exactly the tree: of a commit, its files with their modes, symbolic links and submodules,
     * without what {@code .gitattributes} marks {@code export-ignore}, nor what the application excludes. Made on the
     * first call and the same afterwards; lives until the deploy has ended. It is a copy: changing it does not touch
     * the source.
     *
     * @throws io.deployflow.BuildException if the tree cannot be made, for instance a submodule that is not checked out
     */
    Path directory();

    /**
     * The same tree without making its directory, where its entries and their digests can be told exactly without: of a
     * commit whose files git hands out as they are stored. Much faster, because only the content that is asked for is
     * read.
     *
     * @return empty where only the directory can tell
     * @throws io.deployflow.BuildException if the source cannot be read
     */
    default Optional<TreeArtifact> listing() {
        return Optional.empty();
    }

    /**
     * The same without reading any content: the manifest's digests are git's ids of the contents, in hexadecimal, each
     * the SHA-1 of {@code blob}, a space, the length in bytes, a NUL and the content. For whoever compares contents and
     * sends few of them.
     *
     * @return empty where {@link #listing()} is, and where the repository names its objects by another digest
     * @throws io.deployflow.BuildException if the source cannot be read
     */
    default Optional<TreeArtifact> outline() {
        return Optional.empty();
    }
}
