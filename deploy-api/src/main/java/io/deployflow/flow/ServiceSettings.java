package io.deployflow.flow;

import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A container that a job needs beside it, such as a database. Its address stands in the variables {@code NAME_HOST} and
 * {@code NAME_PORT}.
 *
 * @param image the image's name, with a tag or a digest
 * @param port the port that it listens on
 * @param environment its environment variables
 * @param command its command; empty for the image's own
 * @param health a shell command in the container that succeeds once it can be used; empty to wait for the port
 * @param within how long it may take until then
 */
public record ServiceSettings(
        @Setting(value = "The image, with a tag or a digest.", required = true, shorthand = true)
        String image,

        @Setting("The port that it listens on; default: what the image declares.")
        Optional<Integer> port,

        @Setting("Its environment variables.") Map<String, String> environment,

        @Setting("Words of its command; default: the image's own.")
        List<String> command,

        @Setting("A shell command in the container that succeeds once it can be used; default: the port answers.")
        Optional<String> health,

        @Setting(value = "How long it may take until it can be used.", defaultValue = "1m")
        Duration within) {
    private static final int LAST_PORT = 65_535;

    /** Checks the parts and copies the collections. */
    public ServiceSettings {
        Objects.requireNonNull(health, "health");
        environment = Variables.checked(environment);
        command = List.copyOf(command);
        if (image.isBlank()) {
            throw new InvalidSettingException("image", "names no image");
        }
        if (port.isPresent() && (port.get() < 1 || port.get() > LAST_PORT)) {
            throw new InvalidSettingException("port", "must be between 1 and " + LAST_PORT);
        }
        Variables.longerThanZero("within", within);
    }
}
