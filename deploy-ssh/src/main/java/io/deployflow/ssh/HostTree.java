package io.deployflow.ssh;

import io.deployflow.Manifest;

/**
 * A tree as it is to stand on the hosts.
 *
 * @param entries see {@link LinkedTree}
 * @param manifest of it, as a host keeps it
 */
record HostTree(Manifest entries, HostManifest manifest) {

    /** With all that is asked of it for each host: in a tree of thousands of files that takes a while. */
    static HostTree of(Manifest entries) {
        HostManifest manifest = HostManifest.of(entries);
        manifest.listingDigest();
        return new HostTree(entries, manifest);
    }
}
