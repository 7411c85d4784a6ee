package io.deployflow.ssh;

import java.util.Optional;

/**
 * What a host has to begin with, as far as is known here.
 *
 * @param id of the release that it serves; empty where it serves none
 * @param manifest of that release; empty where it has none, or none that can be trusted
 */
record KnownBase(Optional<String> id, Optional<HostManifest> manifest) {
    /** Nothing is there: the first deploy to a host. */
    static final KnownBase NONE = new KnownBase(Optional.empty(), Optional.empty());
}
