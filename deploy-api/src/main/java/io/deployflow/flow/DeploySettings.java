package io.deployflow.flow;

import io.deployflow.spi.InvalidSettingException;
import io.deployflow.spi.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A deploy of the commit.
 *
 * @param target the target
 * @param allOf several targets, one after another; the first that fails ends it
 * @param environment what people call the place; empty for the targets' names
 * @param link where it can be looked at
 * @param patience how long to wait for a deploy of somebody else to end
 */
public record DeploySettings(
        @Setting(value = "The target.", shorthand = true) Optional<String> target,

        @Setting("Several targets, one after another; the first that fails ends it.")
        List<String> allOf,

        @Setting("What people call the place; default: the targets' names.")
        Optional<String> environment,

        @Setting("Where it can be looked at.") Optional<URI> link,

        @Setting(value = "How long to wait for another deploy to end.", defaultValue = "10m")
        Duration patience) {
    /** Checks the parts. */
    public DeploySettings {
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(link, "link");
        Objects.requireNonNull(patience, "patience");
        allOf = List.copyOf(allOf);
        if (target.isPresent() != allOf.isEmpty()) {
            throw new InvalidSettingException("", "needs one of 'target' and 'all_of'");
        }
    }

    /** The targets in their order. */
    public List<String> targets() {
        return target.map(List::of).orElse(allOf);
    }

    /** What people call the place. */
    public String place() {
        return environment.orElseGet(() -> String.join(", ", targets()));
    }
}
