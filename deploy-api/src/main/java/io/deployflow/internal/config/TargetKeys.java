package io.deployflow.internal.config;

import io.deployflow.Verification;
import io.deployflow.spi.Setting;
import java.util.Optional;

/** The keys that every target may have, whatever its type. */
record TargetKeys(
        @Setting("What is checked from the machine that deploys, once the rollout is done.")
        Optional<Verify> verify,

        @Setting(
                value =
                        "Whether 'compare' refuses it: what it deploys is a trial, and some of that is broken on purpose.",
                name = "protected",
                defaultValue = "false")
        boolean isProtected) {

    Optional<Verification> verification() {
        return verify.map(Verify::toVerification);
    }
}
