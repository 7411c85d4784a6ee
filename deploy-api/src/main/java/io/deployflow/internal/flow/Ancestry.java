package io.deployflow.internal.flow;

import io.deployflow.internal.Git;
import java.io.IOException;
import java.nio.file.Path;

/** Which of two commits is older. A commit that is not here is asked for at {@code origin}. */
record Ancestry(Path repository) {

    /** Whether one commit is before another; false where that is not known. */
    boolean isAncestor(String older, String newer) {
        Git git = new Git(repository);
        try {
            if (!git.ask("cat-file", "-e", newer + "^{commit}").isSuccess()) {
                git.ask("fetch", "--quiet", "origin");
            }
            return git.ask("merge-base", "--is-ancestor", older, newer).isSuccess();
        } catch (IOException e) {
            return false;
        }
    }
}
