package io.deployflow.internal;

import io.deployflow.Application;
import io.deployflow.BuildException;
import io.deployflow.Revision;
import io.deployflow.spi.SourceTree;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A directory that is not in a repository: copied once, and named by the digest of the copy. */
final class PlainSourceTree implements SourceTree {
    /** What no deploy wants, whatever the application says. */
    private static final List<String> ALWAYS_EXCLUDED = List.of(".git", ".sandbox", ".deployflow");

    private final Application application;
    private final Path directory;
    private @Nullable Revision revision;

    PlainSourceTree(Application application, Path directory) {
        this.application = application;
        this.directory = directory;
    }

    @Override
    public synchronized Revision revision() {
        return revision == null ? copy() : revision;
    }

    @Override
    public synchronized Path directory() {
        if (revision == null) {
            copy();
        }
        return directory;
    }

    private Revision copy() {
        List<String> excluded = new ArrayList<>(ALWAYS_EXCLUDED);
        excluded.addAll(application.exclude());
        try {
            Trees.copy(application.source(), directory, new ExcludePatterns(excluded));
            Revision made = Revision.digest(TreeDigest.of(directory));
            revision = made;
            return made;
        } catch (FileChangedException e) {
            throw unsteady(e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw unsteady(e.getFile() + " vanished while the source was copied", e);
        } catch (IOException e) {
            throw new BuildException(
                    "cannot copy the source " + application.source() + ": " + e,
                    "Make every file readable, or exclude what is not to be deployed, and see that there is room for it in "
                            + directory + ".",
                    null,
                    e);
        }
    }

    private static BuildException unsteady(@Nullable String what, IOException e) {
        return new BuildException(
                String.valueOf(what),
                "Deploy again, when nothing writes into the source, or leave it out: 'exclude' in deploy.yml.",
                null,
                e);
    }
}
