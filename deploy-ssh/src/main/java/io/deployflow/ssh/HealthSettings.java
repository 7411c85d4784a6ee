package io.deployflow.ssh;

import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What decides whether a release serves; either asks a URL or runs a command, again and again until it passes.
 *
 * @param url asked with GET from the host itself, through the SSH connection: {@code localhost} is the host; any 2xx
 *     answer passes
 * @param command shell command, run on the host in the release's directory; exit status 0 passes
 * @param expect text that the answer or the output must contain
 * @param within how long it may take to pass
 */
public record HealthSettings(
        @Setting("Asked from the host itself: http://localhost:3000/health")
        Optional<URI> url,

        @Setting("Shell command run on the host in the release's directory; status 0 passes")
        Optional<String> command,

        @Setting("Text that the answer must contain; {revision} and {release} are replaced")
        Optional<String> expect,

        @Setting(value = "How long it may take to pass", defaultValue = "30s")
        Duration within) {

    /**
     * Checks the parts.
     *
     * @throws InvalidSettingException if one is wrong
     */
    public HealthSettings {
        SettingChecks.check(url.isPresent() != command.isPresent(), "", "needs either a url or a command");
        url.ifPresent(uri -> {
            try {
                HealthUrl.of(uri);
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException("url", String.valueOf(e.getMessage()));
            }
        });
        SettingChecks.positive("within", within);
    }
}
