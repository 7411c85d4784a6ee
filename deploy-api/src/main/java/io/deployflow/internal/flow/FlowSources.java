package io.deployflow.internal.flow;

import io.deployflow.Application;
import io.deployflow.Deployer;
import io.deployflow.event.DeployListener;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * What a flow works with.
 *
 * @param file the deploy file
 * @param application what is built and deployed
 * @param environment the variables of this process
 * @param cache where caches, timings and what must outlive a run are kept
 * @param deployer makes a deployer that also tells a listener, which whoever asks closes
 */
public record FlowSources(
        Path file,
        Application application,
        Map<String, String> environment,
        Path cache,
        Function<DeployListener, Deployer> deployer) {

    /** Where what a flow keeps for its user is. */
    public static Path userCache(Map<String, String> environment) {
        String base = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = base.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base);
        return caches.resolve("deployflow").resolve("flow");
    }

    /** The directory of the deploy file. */
    Path directory() {
        Path parent = file.toAbsolutePath().normalize().getParent();
        return parent == null ? Path.of("/") : parent;
    }
}
