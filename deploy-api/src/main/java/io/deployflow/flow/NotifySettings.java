package io.deployflow.flow;

import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * Who is told of deploys. Where a variable is not set, nobody is told by it.
 *
 * @param webhook the variable that holds the URL of a webhook, such as Slack's
 * @param github the repository whose deployments are told to GitHub, {@code owner/name}
 * @param githubToken the variable that holds GitHub's token
 * @param githubApi where GitHub's API is
 */
public record NotifySettings(
        @Setting("The variable that holds the URL of a webhook, such as Slack's.")
        Optional<String> webhook,

        @Setting("The repository whose deployments GitHub is told: owner/name.")
        Optional<String> github,

        @Setting(value = "The variable that holds GitHub's token.", defaultValue = "GITHUB_TOKEN")
        String githubToken,

        @Setting(value = "Where GitHub's API is.", defaultValue = "https://api.github.com")
        URI githubApi) {
    /** Checks the parts. */
    public NotifySettings {
        Objects.requireNonNull(githubApi, "githubApi");
        webhook.ifPresent(name -> Variables.check("webhook", name));
        Variables.check("github_token", githubToken);
        if (github.isPresent() && !github.get().matches("[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")) {
            throw new InvalidSettingException("github", "must be owner/name");
        }
    }
}
