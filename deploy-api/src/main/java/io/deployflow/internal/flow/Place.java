package io.deployflow.internal.flow;

import io.deployflow.flow.FlowRequest;
import io.deployflow.internal.Git;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a flow runs for: which commit of which branch or tag.
 *
 * @param revision the commit, in full; empty outside of a repository
 * @param branch the branch, if it is known
 * @param tag the tag, if it is for one
 * @param root the top of the work tree; empty outside of a repository
 * @param prefix the source's path below that, empty or with a slash at its end
 * @param skips whether the commit's message says that no CI is to run for it
 * @param link where a person finds this run, if a CI says
 */
record Place(
        Optional<String> revision,
        Optional<String> branch,
        Optional<String> tag,
        Optional<Path> root,
        String prefix,
        boolean skips,
        Optional<String> link) {
    private static final Pattern SKIP = Pattern.compile("\\[(ci skip|skip ci)]");

    /**
     * Looks at the repository, and at what the CI that runs this says.
     *
     * @throws io.deployflow.ConfigurationException if there is a repository, and git cannot or will not look at it
     */
    static Place of(Path source, Map<String, String> environment, FlowRequest request) {
        Git git = new Git(source);
        Git.Named here = git.name("HEAD");
        Optional<String> revision = here.commit();
        Optional<String> tag = request.tag().or(() -> CiVariables.tag(environment));
        Optional<String> branch = tag.isPresent()
                ? Optional.empty()
                : request.branch()
                        .or(() -> CiVariables.branch(environment))
                        .or(() -> ask(git, "symbolic-ref", "--quiet", "--short", "HEAD"));
        boolean skips = ask(git, "log", "-1", "--pretty=%B")
                .filter(message -> SKIP.matcher(message).find())
                .isPresent();
        return new Place(
                revision,
                branch,
                tag,
                ask(git, "rev-parse", "--show-toplevel").map(Path::of).filter(top -> revision.isPresent()),
                here.prefix(),
                skips,
                CiVariables.link(environment));
    }

    /** Of a branch or a tag, in words. */
    String words() {
        return tag.map(name -> "tag " + name)
                .or(() -> branch.map(name -> "branch " + name))
                .orElse("no branch");
    }

    private static Optional<String> ask(Git git, String... words) {
        try {
            Git.Answer answer = git.ask(words);
            return answer.isSuccess() && !answer.text().isEmpty() ? Optional.of(answer.text()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // No git command, so nothing here is a repository.
        }
    }
}
