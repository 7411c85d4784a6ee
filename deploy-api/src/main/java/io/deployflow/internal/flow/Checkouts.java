package io.deployflow.internal.flow;

import io.deployflow.flow.FlowException;
import io.deployflow.internal.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Gives each job a checkout of the commit: a clone that shares the repository's objects and knows its {@code origin},
 * so that a job can look at the history and push, and jobs beside each other do not meet.
 *
 * @param place which commit
 * @param root the top of the work tree
 */
record Checkouts(Place place, Path root) {

    /** Makes one, and gives the source's directory in it. */
    Path make(Path into) {
        try {
            Files.createDirectories(into.getParent());
            Git here = new Git(root);
            String revision = place.revision().orElse("HEAD");
            must(here.ask("clone", "--quiet", "--shared", "--no-checkout", ".", into.toString()));
            Git clone = new Git(into);
            String branch = place.branch().orElse("");
            must(
                    branch.isEmpty()
                            ? clone.ask("checkout", "--quiet", "--detach", revision)
                            : clone.ask("checkout", "--quiet", "-B", branch, revision));
            Optional<String> origin = origin(here);
            must(
                    origin.isPresent()
                            ? clone.ask("remote", "set-url", "origin", origin.get())
                            : clone.ask("remote", "remove", "origin"));
            return into.resolve(place.prefix());
        } catch (IOException e) {
            throw new FlowException("no checkout can be made: " + e.getMessage(), "", null, e);
        }
    }

    private Optional<String> origin(Git git) throws IOException {
        Git.Answer url = git.ask("remote", "get-url", "origin");
        if (!url.isSuccess()) {
            return Optional.empty();
        }
        Path local = root.resolve(url.text());
        boolean relative = !url.text().contains(":") && Files.exists(local);
        return Optional.of(relative ? local.normalize().toString() : url.text());
    }

    private static void must(Git.Answer answer) {
        if (!answer.isSuccess()) {
            throw new FlowException(
                    "no checkout of the commit can be made: "
                            + answer.complaint().strip(),
                    "Look at the repository with git fsck, and at the free disk space.");
        }
    }
}
