package io.deployflow.internal;

import io.deployflow.Application;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployOptions;
import io.deployflow.Revision;
import io.deployflow.TreeArtifact;
import io.deployflow.spi.SourceTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells a repository from a plain directory, at the first question only: looking at a target needs no source. */
final class SourceTrees {
    private SourceTrees() {}

    static SourceTree of(Application application, DeployOptions options, Path directory, Consumer<String> warnings) {
        return new Lazy(() -> open(application, options, directory, warnings));
    }

    private static SourceTree open(
            Application application, DeployOptions options, Path directory, Consumer<String> warnings) {
        Path source = application.source();
        if (!Files.isDirectory(source)) {
            throw new ConfigurationException(
                    "source " + source.toAbsolutePath().normalize() + " is not a directory",
                    "Set 'source' in deploy.yml to the application's directory, relative to deploy.yml.");
        }
        Git.Named named = Git.name(source, options.revision().orElse("HEAD"));
        if (named.isWorkTree()) {
            return GitSourceTree.open(application, options.revision(), named, directory, warnings);
        }
        options.revision().ifPresent(revision -> {
            throw new ConfigurationException(
                    "revision '" + revision + "' was asked for, but " + source + " is not in a git work tree",
                    "Leave --revision out to deploy the directory as it is.");
        });
        return new PlainSourceTree(application, directory);
    }

    private interface Opener {
        SourceTree open();
    }

    private static final class Lazy implements SourceTree {
        private final Opener opener;
        private @Nullable SourceTree tree;

        Lazy(Opener opener) {
            this.opener = opener;
        }

        @Override
        public Revision revision() {
            return tree().revision();
        }

        @Override
        public Optional<String> branch() {
            return tree().branch();
        }

        @Override
        public Path directory() {
            return tree().directory();
        }

        @Override
        public Optional<TreeArtifact> listing() {
            return tree().listing();
        }

        @Override
        public Optional<TreeArtifact> outline() {
            return tree().outline();
        }

        private synchronized SourceTree tree() {
            if (tree == null) {
                tree = opener.open();
            }
            return tree;
        }
    }
}
