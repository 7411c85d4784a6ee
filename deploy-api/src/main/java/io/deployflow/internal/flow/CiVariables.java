package io.deployflow.internal.flow;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What CircleCI, GitHub Actions and GitLab CI say of the run: a detached HEAD does not tell its branch. */
final class CiVariables {
    private CiVariables() {}

    static Optional<String> branch(Map<String, String> environment) {
        return first(environment, "CIRCLE_BRANCH", "CI_COMMIT_BRANCH").or(() -> github(environment, "branch"));
    }

    static Optional<String> tag(Map<String, String> environment) {
        return first(environment, "CIRCLE_TAG", "CI_COMMIT_TAG").or(() -> github(environment, "tag"));
    }

    /** Where a person finds the run. */
    static Optional<String> link(Map<String, String> environment) {
        return first(environment, "DEPLOYFLOW_RUN_URL", "CIRCLE_BUILD_URL", "CI_PIPELINE_URL", "BUILD_URL")
                .or(() -> first(environment, "GITHUB_RUN_ID")
                        .map(id -> environment.getOrDefault("GITHUB_SERVER_URL", "https://github.com") + "/"
                                + environment.getOrDefault("GITHUB_REPOSITORY", "") + "/actions/runs/" + id));
    }

    private static Optional<String> github(Map<String, String> environment, String type) {
        return type.equals(environment.get("GITHUB_REF_TYPE"))
                ? first(environment, "GITHUB_REF_NAME")
                : Optional.empty();
    }

    private static Optional<String> first(Map<String, String> environment, String... names) {
        return Stream.of(names)
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
