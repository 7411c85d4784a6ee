package io.deployflow.internal.flow;

import io.deployflow.Revision;
import io.deployflow.flow.FlowException;
import io.deployflow.internal.Git;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Commits paths as the last author, and pushes; where somebody else pushed meanwhile, on top of that.
 *
 * @param directory in the checkout
 * @param remote where to
 * @param branch the branch there
 * @param output is told what people should know
 */
record DocsCommit(Path directory, String remote, String branch, Consumer<String> output) {
    private static final int ATTEMPTS = 5;

    /** Whether anything below the paths differs from the commit. */
    boolean isNeeded(List<String> paths) {
        return !must(words(paths, "status", "--porcelain", "--untracked-files=all", "--"))
                .isEmpty();
    }

    /** Commits. */
    void commit(List<String> paths, String message) {
        must(words(paths, "add", "--all", "--"));
        List<String> words = asLastAuthor();
        words.addAll(List.of("commit", "--quiet", "--no-verify", "--message", message, "--"));
        words.addAll(paths);
        must(words);
    }

    /**
     * Pushes; never with commits below it that nobody has pushed.
     *
     * @param revision what the run is for
     * @throws FlowException if that is not on the branch, the remote refuses, or the same lines were changed by
     *     somebody else
     */
    void push(String revision) {
        requirePushed(revision);
        for (int attempt = 1; ; attempt++) {
            Git.Answer pushed = ask("push", "--quiet", remote, "HEAD:refs/heads/" + branch);
            if (pushed.isSuccess()) {
                return;
            }
            must("fetch", "--quiet", remote, "refs/heads/" + branch);
            boolean nothingNew =
                    ask("merge-base", "--is-ancestor", "FETCH_HEAD", "HEAD").isSuccess();
            if (nothingNew || attempt == ATTEMPTS) {
                throw new FlowException(
                        "the commit cannot be pushed to " + remote + ": "
                                + pushed.complaint().strip(),
                        "Let whoever runs the flow push to " + branch + ".");
            }
            output.accept("somebody pushed meanwhile: putting the commit on top of that");
            rebase();
        }
    }

    private void requirePushed(String revision) {
        Git.Answer fetched = ask("fetch", "--quiet", remote, "refs/heads/" + branch);
        if (!fetched.isSuccess()) {
            throw notPushed(revision, ": " + fetched.complaint().strip());
        }
        if (!ask("merge-base", "--is-ancestor", revision, "FETCH_HEAD").isSuccess()) {
            throw notPushed(revision, "");
        }
    }

    private FlowException notPushed(String revision, String complaint) {
        return new FlowException(
                "commit " + Revision.commit(revision).shortId() + " is not on " + branch + " at " + remote + complaint,
                "Push it first: nothing but the documents is pushed here.");
    }

    private void rebase() {
        List<String> words = asLastAuthor();
        words.addAll(List.of("rebase", "--quiet", "FETCH_HEAD"));
        Git.Answer rebased = ask(words.toArray(String[]::new));
        if (!rebased.isSuccess()) {
            ask("rebase", "--abort");
            throw new FlowException(
                    "somebody changed the same files on " + branch + " meanwhile",
                    "The run of the newer commit makes them again; or run the flow again on it.");
        }
    }

    /** Also as the committer, so that a machine needs no identity of its own. */
    private List<String> asLastAuthor() {
        List<String> names = must("log", "-1", "--pretty=%an%n%ae").lines().toList();
        return new ArrayList<>(List.of("-c", "user.name=" + names.get(0), "-c", "user.email=" + names.get(1)));
    }

    private String must(String... words) {
        return must(List.of(words));
    }

    private static List<String> words(List<String> paths, String... first) {
        List<String> words = new ArrayList<>(List.of(first));
        words.addAll(paths);
        return words;
    }

    private String must(List<String> words) {
        Git.Answer answer = ask(words.toArray(String[]::new));
        if (!answer.isSuccess()) {
            throw new FlowException(
                    "git " + words.get(0) + " failed: " + answer.complaint().strip(), "");
        }
        return answer.text();
    }

    private Git.Answer ask(String... words) {
        try {
            return new Git(directory).ask(words);
        } catch (IOException e) {
            throw new FlowException("git cannot be run: " + e.getMessage(), "", null, e);
        }
    }
}
