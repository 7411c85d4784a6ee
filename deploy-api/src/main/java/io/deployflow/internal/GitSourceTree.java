package io.deployflow.internal;

import io.deployflow.Application;
import io.deployflow.BuildException;
import io.deployflow.ConfigurationException;
import io.deployflow.Revision;
import io.deployflow.TreeArtifact;
import io.deployflow.spi.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A commit of a repository, exported once. */
final class GitSourceTree implements SourceTree {
    private static final String SUBMODULE_MODE = "160000 ";
    private static final String CHECKED_OUT = "# branch.head ";
    private static final String NO_BRANCH = "(detached)";

    private final Application application;
    private final Git.Named place;
    private final Revision revision;
    private final Path directory;
    private final Consumer<String> warnings;
    private final Git git;
    // Not this object's own lock: the work tree is looked at while the commit is listed.
    private final Object looking = new Object();
    private Optional<String> branch;
    private boolean isBranchKnown;
    private boolean exported;

    private GitSourceTree(
            Application application,
            Git.Named place,
            Revision revision,
            Optional<String> name,
            Path directory,
            Consumer<String> warnings,
            Git git) {
        this.application = application;
        this.place = place;
        this.revision = revision;
        this.branch = name;
        this.isBranchKnown = name.isPresent();
        this.directory = directory;
        this.warnings = warnings;
        this.git = git;
    }

    /**
     * Opens a work tree.
     *
     * @param name the revision that was asked for; empty for HEAD
     * @param named what that is, and where the source is
     * @param git asked in the source's directory
     */
    static GitSourceTree open(
            Application application,
            Optional<String> name,
            Git.Named named,
            Path directory,
            Consumer<String> warnings,
            Git git) {
        Revision revision = Revision.commit(named.commit().orElseThrow(() -> unknown(git, name)));
        return new GitSourceTree(application, named, revision, name, directory, warnings, git);
    }

    private static ConfigurationException unknown(Git git, Optional<String> name) {
        return new ConfigurationException(
                "revision '" + name.orElse("HEAD") + "' is not a commit, branch or tag of " + git.directory(),
                name.isEmpty() ? "Commit something first." : "Fetch it, or name another with --revision.");
    }

    /** Warns of what is not committed; the branch that is checked out comes with the same answer. */
    private Optional<String> lookAtWorkTree() throws IOException {
        List<String> lines = git.ask("status", "--porcelain=v2", "--branch", "--no-ahead-behind", "--", ".")
                .text()
                .lines()
                .toList();
        long changes = lines.stream().filter(line -> !line.startsWith("# ")).count();
        if (changes > 0) {
            warnings.accept(changes + " uncommitted " + (changes == 1 ? "change is" : "changes are")
                    + " not deployed: HEAD is");
        }
        return lines.stream()
                .filter(line -> line.startsWith(CHECKED_OUT))
                .map(line -> line.substring(CHECKED_OUT.length()))
                .filter(branch -> !branch.equals(NO_BRANCH))
                .findFirst();
    }

    @Override
    public Revision revision() {
        return revision;
    }

    @Override
    public Optional<String> branch() {
        synchronized (looking) {
            if (!isBranchKnown) {
                try {
                    branch = lookAtWorkTree();
                    isBranchKnown = true;
                } catch (IOException e) {
                    throw new BuildException(
                            "cannot run git in " + application.source() + ": " + e, "Install git.", null, e);
                }
            }
            return branch;
        }
    }

    @Override
    public synchronized Path directory() {
        if (!exported) {
            try {
                Files.createDirectories(directory);
                export(directory);
                Trees.prune(directory, new ExcludePatterns(application.exclude()));
            } catch (IOException e) {
                throw new BuildException(
                        "cannot export " + revision.shortId() + ": " + e, "See whether the disk is full.", null, e);
            }
            exported = true;
        }
        return directory;
    }

    @Override
    public synchronized Optional<TreeArtifact> listing() {
        return listed(GitListing::read);
    }

    @Override
    public synchronized Optional<TreeArtifact> outline() {
        return listed(GitListing::outline);
    }

    private interface Reading {
        Optional<TreeArtifact> of(GitListing listing) throws IOException;
    }

    private Optional<TreeArtifact> listed(Reading reading) {
        try {
            return reading.of(new GitListing(git, place, revision, application.exclude()));
        } catch (IOException e) {
            throw new BuildException(
                    "cannot read " + revision.shortId() + ": " + e.getMessage(),
                    "'git fsck' tells whether the repository is whole; if it is, deploy again.",
                    null,
                    e);
        }
    }

    private void export(Path into) throws IOException {
        try {
            export(git, revision.id(), into);
        } catch (BuildException e) {
            place.requireIn(revision, git);
            throw e;
        }
    }

    private static void export(Git git, String commit, Path into) throws IOException {
        require(git.export(commit, into), "git archive of " + commit + " failed in " + git.directory(), "");
        for (Submodule submodule : submodules(git, commit)) {
            exportSubmodule(git, submodule, into);
        }
    }

    private record Submodule(String path, String commit) {}

    private static List<Submodule> submodules(Git git, String commit) throws IOException {
        Git.Answer tree = git.ask("ls-tree", "-r", "-z", commit);
        require(tree, "git ls-tree of " + commit + " failed in " + git.directory(), "");
        return Arrays.stream(tree.output().split("\0"))
                .filter(line -> line.startsWith(SUBMODULE_MODE))
                .map(GitSourceTree::submodule)
                .toList();
    }

    /** Reads {@code 160000 commit <id>\t<path>}. */
    private static Submodule submodule(String line) {
        int tab = line.indexOf('\t');
        return new Submodule(line.substring(tab + 1), line.substring(line.lastIndexOf(' ', tab) + 1, tab));
    }

    private static void exportSubmodule(Git parent, Submodule submodule, Path into) throws IOException {
        Path target = into.resolve(submodule.path());
        if (!Files.exists(target)) {
            return; // its path is marked export-ignore
        }
        Git git = new Git(parent.directory().resolve(submodule.path()), parent.until());
        String what = "submodule " + submodule.path() + " is not there at " + submodule.commit();
        String remedy = "Run: git submodule update --init --recursive";
        if (!Files.exists(git.directory().resolve(".git"))) {
            throw new BuildException(what, remedy);
        }
        require(git.ask("cat-file", "-e", submodule.commit() + "^{commit}"), what, remedy);
        export(git, submodule.commit(), target);
    }

    private static void require(Git.Answer answer, String what, String remedy) {
        if (!answer.isSuccess()) {
            throw new BuildException(what + ": " + answer.complaint(), remedy);
        }
    }
}
