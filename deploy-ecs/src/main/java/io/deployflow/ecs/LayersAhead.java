package io.deployflow.ecs;

import io.deployflow.CancellationToken;
import io.deployflow.ecs.internal.layers.BaseReference;
import io.deployflow.ecs.internal.registry.Pause;
import io.deployflow.ecs.internal.registry.RegistryHttp;
import io.deployflow.ecs.internal.registry.RegistryRepository;
import io.deployflow.spi.DeployContext;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a build of layers asks registries first of all, asked before anybody builds: what the base image's tag means,
 * and the manifest of the first image that {@code cache_from} names in the target's repository.
 */
final class LayersAhead implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LayersAhead.class);

    private final CancellationToken cancellation = CancellationToken.create();
    private final AskedAhead asked = new AskedAhead();
    private final RegistryHttp http;
    private CancellationToken.Registration breakingOff = () -> {};

    private LayersAhead(ImageSettings image, ImageReference target) {
        String own = ImageRegistry.repositoryName(target).host();
        this.http = new RegistryHttp(Logins.withoutAws(image, own), cancellation, Pause.real(), asked);
    }

    /**
     * Begins, on threads that do not keep the process alive.
     *
     * @return empty where no layers are built, AWS has to be asked first (for the repository, or for a login), or an
     *     image's name is none
     */
    static Optional<LayersAhead> begin(ImageSettings image) {
        return image.layers().flatMap(layers -> image.registry().flatMap(registry -> begin(image, layers, registry)));
    }

    private static Optional<LayersAhead> begin(ImageSettings image, LayersSettings layers, String registry) {
        try {
            ImageReference target = ImageReference.parse(registry + "/" + image.repository());
            BaseReference base = LayersRoad.base(layers.base());
            if (EcrTokens.isEcr(base.repository().host())
                    || EcrTokens.isEcr(ImageRegistry.repositoryName(target).host())) {
                return Optional.empty();
            }
            Optional<ImageReference> cache = image.cacheFrom().stream()
                    .map(ImageReference::parse)
                    .filter(one -> one.repository().equals(target.repository()))
                    .findFirst();
            return Optional.of(new LayersAhead(image, target).asking(target, base, cache));
        } catch (IllegalArgumentException e) {
            LOG.debug("nothing is asked ahead", e);
            return Optional.empty();
        }
    }

    /** The image first: its name is not checked before, and where it is none, nothing is begun. */
    private LayersAhead asking(ImageReference target, BaseReference base, Optional<ImageReference> cache) {
        cache.ifPresent(one -> LayersRoad.target(http, target, base).beginManifest(one.version()));
        if (!base.isScratch()) {
            base.tag()
                    .ifPresent(tag ->
                            RegistryRepository.pulling(http, base.repository()).beginDigest(tag));
        }
        return this;
    }

    /** Goes on with it for a deploy, which is told what was asked, and may break it off. */
    synchronized RegistryHttp open(DeployContext context) {
        breakingOff = context.cancellation().onCancel(cancellation::cancel);
        asked.tell(context::asked);
        return http;
    }

    /** Breaks off what nobody waits for. */
    @Override
    public synchronized void close() {
        breakingOff.close();
        cancellation.cancel();
        http.close();
    }
}
