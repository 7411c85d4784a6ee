package io.deployflow.internal;

import io.deployflow.Application;
import io.deployflow.CancellationToken;
import io.deployflow.ConfigurationException;
import io.deployflow.DeployException;
import io.deployflow.DeployOptions;
import io.deployflow.Revision;
import io.deployflow.TreeArtifact;
import io.deployflow.spi.SourceTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells a repository from a plain directory, at the first question only: looking at a target needs no source. */
final class SourceTrees {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private SourceTrees() {}

    static SourceTree of(Application application, DeployOptions options, Path directory, Consumer<String> warnings) {
        return of(application, options, directory, warnings, options.cancellation());
    }

    /**
     * The source of an application.
     *
     * @param until ends what git is doing: nobody waits for it any more
     */
    static SourceTree of(
            Application application,
            DeployOptions options,
            Path directory,
            Consumer<String> warnings,
            CancellationToken until) {
        return new Lazy(() -> open(application, options, directory, warnings, until), options.cancellation());
    }

    private static SourceTree open(
            Application application,
            DeployOptions options,
            Path directory,
            Consumer<String> warnings,
            CancellationToken until) {
        Path source = application.source();
        if (!Files.isDirectory(source)) {
            throw new ConfigurationException(
                    "source " + source.toAbsolutePath().normalize() + " is not a directory",
                    "Set 'source' in deploy.yml to the application's directory, relative to deploy.yml.");
        }
        Git git = new Git(source, until);
        Git.Named named = git.name(options.revision().orElse("HEAD"));
        if (named.isWorkTree()) {
            return GitSourceTree.open(application, options.revision(), named, directory, warnings, git);
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
        private final CancellationToken cancellation;
        private @Nullable SourceTree tree;

        Lazy(Opener opener, CancellationToken cancellation) {
            this.opener = opener;
            this.cancellation = cancellation;
        }

        @Override
        public Revision revision() {
            return ask(SourceTree::revision);
        }

        @Override
        public Optional<String> branch() {
            return ask(SourceTree::branch);
        }

        @Override
        public Path directory() {
            return ask(SourceTree::directory);
        }

        @Override
        public Optional<TreeArtifact> listing() {
            return ask(SourceTree::listing);
        }

        @Override
        public Optional<TreeArtifact> outline() {
            return ask(SourceTree::outline);
        }

        private <T> T ask(Function<SourceTree, T> question) {
            try {
                return question.apply(tree());
            } catch (DeployException e) {
                throw e.getCause() instanceof GitEndedException && isCancelled() ? Failures.ofCancelled(e) : e;
            }
        }

        /** Ctrl-C ends git at once, and may come to this process a moment later. */
        private boolean isCancelled() {
            CountDownLatch cancelled = new CountDownLatch(1);
            try (CancellationToken.Registration waiting = cancellation.onCancel(cancelled::countDown)) {
                return cancelled.await(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return cancellation.isCancelled();
            }
        }

        private synchronized SourceTree tree() {
            if (tree == null) {
                tree = opener.open();
            }
            return tree;
        }
    }
}
