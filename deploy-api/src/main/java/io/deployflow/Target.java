package io.deployflow;

import java.util.Objects;
import java.util.Optional;

/**
 * A named place to deploy to.
 *
 * @param name its name in {@code deploy.yml}, such as {@code staging}
 * @param type the adapter's type, such as {@code ecs} or {@code ssh}
 * @param settings the record that the adapter's section binds to
 * @param verification the check after a rollout that the engine makes, if the target asks for one
 * @param isProtected whether nothing may be deployed there for trial: a comparison refuses it
 */
public record Target(
        String name, String type, Record settings, Optional<Verification> verification, boolean isProtected) {

    /** Checks that nothing is missing. */
    public Target {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(verification, "verification");
    }

    /** A target that may be deployed to for trial. */
    public Target(String name, String type, Record settings, Optional<Verification> verification) {
        this(name, type, settings, verification, false);
    }

    /** A target without a verification of its own. */
    public static Target of(String name, String type, Record settings) {
        return new Target(name, type, settings, Optional.empty());
    }
}
