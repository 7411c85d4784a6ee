package io.deployflow.ecs;

import io.deployflow.DeployCancelledException;
import io.deployflow.DeployException;
import io.deployflow.ecs.internal.registry.Login;
import io.deployflow.spi.DeployContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The logins that a build by {@code docker buildx} may need and Docker's own configuration does not have: the target's
 * registry, where base images often are as well, and those to take layers from.
 */
final class BuildxLogins {
    private final List<String> cacheFrom;
    private final ImageRegistry registry;

    BuildxLogins(List<String> cacheFrom, ImageRegistry registry) {
        this.cacheFrom = List.copyOf(cacheFrom);
        this.registry = registry;
    }

    /** By registry; one that cannot be had is left out, with a word about it: the build may do without. */
    Map<String, Login> of(DeployContext context) {
        Map<String, Login> logins = new HashMap<>();
        add(logins, registry::repository, context);
        cacheFrom.forEach(image -> add(logins, () -> ImageReference.parse(image), context));
        return logins;
    }

    private void add(Map<String, Login> logins, Supplier<ImageReference> image, DeployContext context) {
        try {
            String host = ImageRegistry.repositoryName(image.get()).host();
            registry.ownLogin(host).ifPresent(login -> logins.put(host, login));
        } catch (DeployCancelledException e) {
            throw e;
        } catch (DeployException e) {
            context.output("local", "builds without a login: " + e.getMessage());
        }
    }
}
