package io.deployflow.internal.compare;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.compare.Scenario;
import io.deployflow.internal.SourceExport;
import io.deployflow.internal.Trees;
import io.deployflow.spi.LocalCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of an application's source to change as one likes; it goes when this is closed. Where the source is a git work
 * tree, so is the copy, for a commit is deployed in another way than a directory.
 */
final class SourceCopy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceCopy.class);
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "GIT_AUTHOR_NAME", "deployflow",
            "GIT_AUTHOR_EMAIL", "compare@deployflow.invalid",
            "GIT_COMMITTER_NAME", "deployflow",
            "GIT_COMMITTER_EMAIL", "compare@deployflow.invalid",
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_CONFIG_GLOBAL", "/dev/null");

    private final Path root;
    private final Application application;
    private final boolean isWorkTree;
    private final Edits edits;
    private final CancellationToken cancellation;
    private int version;
    private boolean broken;

    private SourceCopy(
            Path root, Application application, boolean isWorkTree, Edits edits, CancellationToken cancellation) {
        this.root = root;
        this.application = application;
        this.isWorkTree = isWorkTree;
        this.edits = edits;
        this.cancellation = cancellation;
    }

    /** Copies HEAD, or what is in a plain directory. */
    static SourceCopy of(Application original, Edits edits, CancellationToken cancellation) {
        Path root = temporary();
        try {
            Path source = root.resolve("source");
            boolean isWorkTree = SourceExport.write(original, source);
            Application application = new Application(original.name(), source, original.exclude());
            SourceCopy copy = new SourceCopy(root, application, isWorkTree, edits, cancellation);
            Edits.writeWord(source, 0);
            if (isWorkTree) {
                copy.git("init", "-q", ".");
            }
            copy.commit("The source as it is");
            return copy;
        } catch (RuntimeException e) {
            delete(root);
            throw e;
        }
    }

    /** The same application, with the copy as its source. */
    Application application() {
        return application;
    }

    /** Which content it has; another number after each change. */
    int version() {
        return version;
    }

    /** Changes what a scenario changes. A broken release is mended before the next change. */
    void edit(Scenario scenario) {
        mend();
        if (scenario.mustFail()) {
            copy(source(), backup());
            broken = true;
        }
        version++;
        edits.make(scenario, version, source(), cancellation);
        commit("Change " + version + ", for the scenario " + scenario.word());
    }

    /** Takes back what a broken release was broken by. */
    void mend() {
        if (broken) {
            delete(source());
            try {
                Files.move(backup(), source());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot put the copy of the source back", e);
            }
            version--;
            broken = false;
        }
    }

    @Override
    public void close() {
        delete(root);
    }

    private Path source() {
        return application.source();
    }

    private Path backup() {
        return root.resolve("backup");
    }

    private void commit(String message) {
        if (isWorkTree) {
            git("add", "--all", "--force");
            git("commit", "-q", "--allow-empty", "-m", message);
        }
    }

    private void git(String... words) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(Arrays.asList(words));
        List<String> lines = new ArrayList<>();
        try {
            int status = new LocalCommand(command, source(), ENVIRONMENT).run(lines::add, cancellation);
            if (status != 0) {
                throw new ConfigurationException(
                        String.join(" ", command) + " failed in a copy of the source: " + String.join("\n", lines),
                        "See whether git works here, and the disk has room in " + root.getParent() + ".");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run git in a copy of the source", e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("deployflow-compare-");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory can be made: " + e.getMessage(), e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Trees.copy(from, to, path -> false);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy the source: " + e.getMessage(), e);
        }
    }

    private static void delete(Path root) {
        try {
            Trees.delete(root);
        } catch (IOException e) {
            LOG.warn("{} was not removed", root, e);
        }
    }
}
